package io.parley.domain.auth;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Good for one more pair of tokens: 256 random bits that mean nothing, of which only the {@link #hash()} is stored. It
 * does not show itself in logs.
 */
public record RefreshToken(String value) {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public RefreshToken {
        if (!FORM.matcher(value).matches()) {
            throw new Unauthenticated(ErrorCode.TOKEN_INVALID);
        }
    }

    public static RefreshToken random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public Hash hash() {
        try {
            // Not a slow hash as for passwords: nobody guesses 256 random bits.
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return new Hash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public String toString() {
        return "RefreshToken[hidden]";
    }

    /**
     * What is stored of a token.
     *
     * @param hex its SHA-256
     */
    public record Hash(String hex) {}
}
