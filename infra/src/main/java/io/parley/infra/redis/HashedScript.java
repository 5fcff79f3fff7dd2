package io.parley.infra.redis;

import org.springframework.data.redis.core.script.DigestUtils;
import org.springframework.data.redis.core.script.RedisScript;

/** A script whose hash is known from the start: Spring's own takes a lock for it, for which event loops would wait. */
record HashedScript(String text, String sha1) implements RedisScript<Long> {

    static HashedScript of(String text) {
        return new HashedScript(text, DigestUtils.sha1DigestAsHex(text));
    }

    @Override
    public String getSha1() {
        return sha1;
    }

    @Override
    public Class<Long> getResultType() {
        return Long.class;
    }

    @Override
    public String getScriptAsString() {
        return text;
    }
}
