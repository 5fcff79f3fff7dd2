-- How many connections of one user are open. By the clock of Redis, as they were noted.
-- KEYS[1]  the user's key
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZCOUNT', KEYS[1], string.format('(%.0f', now), '+inf')
