-- Lets one connection of a user count a little longer, and then no more. What is not noted stays so.
-- KEYS[1]  the user's key
-- ARGV[1]  for how many milliseconds
-- ARGV[2]  the connection
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZADD', KEYS[1], 'XX', 'LT', string.format('%.0f', now + ARGV[1]), ARGV[2])
