-- Keeps changes of one log in a sorted set, all or nothing, so that no key is left without a time to live.
-- KEYS[1]  the log's key
-- ARGV[1]  how many to keep
-- ARGV[2]  time to live in milliseconds
-- ARGV[3…] offset, member, offset, member, …
redis.call('ZADD', KEYS[1], unpack(ARGV, 3))
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -ARGV[1] - 1)
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
