-- Notes connections of one user as open. By the clock of Redis: nodes may differ.
-- KEYS[1]  the user's key
-- ARGV[1]  for how many milliseconds
-- ARGV[2…] ids of connections
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local till = string.format('%.0f', now + ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
for i = 2, #ARGV do
    redis.call('ZADD', KEYS[1], till, ARGV[i])
end
-- A little longer than its members: by then nobody asks for them.
return redis.call('PEXPIRE', KEYS[1], ARGV[1] + 10000)
