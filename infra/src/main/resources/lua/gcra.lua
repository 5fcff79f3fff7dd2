-- The generic cell rate algorithm (ITU-T I.371): one key holds the theoretical arrival time of the next request.
-- KEYS[1]  the caller's key
-- ARGV[1]  microseconds per permit
-- ARGV[2]  burst
-- Returns 0 and takes a permit, or the microseconds after which one is free. By the clock of Redis: nodes may differ.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local arrival = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now))
local next_arrival = arrival + interval
local wait = next_arrival - interval * tonumber(ARGV[2]) - now
if wait > 0 then
    return wait
end
redis.call('SET', KEYS[1], string.format('%.0f', next_arrival), 'PX', math.ceil((next_arrival - now) / 1000))
return 0
