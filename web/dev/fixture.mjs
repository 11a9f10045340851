// A made-up run that looks like a real one: a shop under a ramp to 1,000 users, a stall, a saturated endpoint, seconds in which the generator
// was the limit. Deterministic: the same second always has the same numbers. For working on the page without a server, and for its tests.

const endpoints = [
  ['shop', 'GET', '/', 30, 4.2, 0.5, 18400], ['shop', 'GET', '/api/v1/events/[id]', 14, 9.5, 0.55, 2380], ['shop', 'GET', '/api/v1/events', 10, 12, 0.5, 9120],
  ['shop', 'GET', '/api/v1/search?q=[text]', 8, 38, 0.7, 5230], ['shop', 'GET', '/assets/app.js', 6, 1.1, 0.4, 84210], ['shop', 'GET', '/hello', 20, 0.62, 0.45, 13],
  ['shop', 'POST', '/api/v1/login', 3, 64, 0.5, 312], ['shop', 'POST', '/api/v1/basket', 6, 22, 0.6, 640], ['shop', 'DELETE', '/api/v1/basket/[id]', 1, 18, 0.6, 2],
  ['coupons', 'POST', 'call coupon', 12, 31, 0.75, 96], ['coupons', 'GET', '/api/v1/coupons/mine', 5, 16, 0.6, 1210],
]

const bucketCount = 80
const bucketMs = b => 0.01 * 10 ** (b / 10)
const ranks = { p50Ms: 0.5, p66Ms: 0.66, p75Ms: 0.75, p80Ms: 0.8, p90Ms: 0.9, p95Ms: 0.95, p98Ms: 0.98, p99Ms: 0.99, p999Ms: 0.999, p9999Ms: 0.9999 }

function noise(seed) {
  let x = (seed * 2654435761) >>> 0
  x ^= x << 13; x >>>= 0; x ^= x >>> 17; x ^= x << 5; x >>>= 0
  return x / 4294967296
}

function normalCdf(z) {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const d = 0.3989423 * Math.exp((-z * z) / 2)
  const p = d * t * (0.3193815 + t * (-0.3565638 + t * (1.781478 + t * (-1.821256 + t * 1.330274))))
  return z > 0 ? 1 - p : p
}

export function makeRun({ outputs = false, arrivals = true, users = 1000, spawnRate = 20, many = 0, host = 'http://shop.example:8080', start = Date.parse('2026-11-20T12:00:00Z'), scale = 1, slow = 1 } = {}) {
  const list = many > 0 ? Array.from({ length: many }, (_, i) => ['shop', i % 4 === 0 ? 'POST' : 'GET', `/api/v2/resource-${i}/[id]`, 1 + (i % 7), 3 + (i % 50), 0.6, 500 + i * 10]) : endpoints
  const weights = list.reduce((sum, e) => sum + e[3], 0)
  const state = { seconds: [], rows: list.map(() => ({ requests: 0, failures: 0, hist: new Float64Array(bucketCount), failHist: new Float64Array(bucketCount), sum: 0, points: [] })), users: 0, target: users, rate: spawnRate, changes: [] }

  const second = s => {
    while (state.seconds.length <= s) step(state.seconds.length)
    return state.seconds[s]
  }

  function step(s) {
    if (state.users < state.target) state.users = Math.min(state.target, state.users + state.rate)
    else if (state.users > state.target) state.users = Math.max(state.target, state.users - state.rate * 4)
    const now = Math.round(state.users)
    const stall = s >= 240 && s < 247
    const recovering = s >= 247 && s < 252
    const bound = (s >= 300 && s < 314) || s === 190
    const pressure = Math.max(0, (now - 820) / 400)
    const offered = (now / 2.5) * scale
    const factor = (1 + pressure * 3 + 0.25 * noise(s)) * slow
    const total = stall ? 0 : (recovering ? offered * 1.9 : offered * (1 - pressure * 0.12)) * (0.96 + 0.08 * noise(s * 7 + 1))
    const hist = new Float64Array(bucketCount)
    let requests = 0
    let failures = 0
    const rows = list.map((e, i) => {
      const n = Math.round((total * e[3]) / weights + noise(s * 31 + i) - 0.5)
      const failing = e[2] === 'call coupon' ? 0.012 + pressure * 0.35 : e[2].startsWith('/api/v1/search') ? pressure * 0.08 : e[2] === '/api/v1/login' && s > 60 ? 0.0015 : 0
      const failed = n > 0 ? Math.min(n, Math.floor(n * failing + noise(s * 17 + i))) : 0
      const real = failing > 0 ? failed : 0
      const own = new Float64Array(bucketCount)
      const median = e[4] * factor * (e[2] === 'call coupon' ? 1 + pressure * 6 : 1)
      let left = Math.max(0, n)
      for (let b = 0; b < bucketCount && left > 0; b++) {
        const share = normalCdf(Math.log(bucketMs(b + 1) / median) / e[5]) - normalCdf(Math.log(bucketMs(b) / median) / e[5])
        const c = Math.min(left, Math.floor(Math.max(0, n) * share + noise(s * 131 + i * 17 + b)))
        own[b] += c
        left -= c
      }
      if (left > 0) own[Math.min(bucketCount - 1, Math.round(10 * Math.log10(median / 0.01)))] += left
      if (recovering && n > 2) { const c = Math.ceil(n * 0.3); own[Math.round(10 * Math.log10((2200 + 3000 * noise(s + i)) / 0.01))] += c; reduceBy(own, c) }
      const row = state.rows[i]
      row.requests += Math.max(0, n); row.failures += real
      for (let b = 0; b < bucketCount; b++) { row.hist[b] += own[b]; hist[b] += own[b]; row.sum += own[b] * bucketMs(b + 0.5); if (real > 0) row.failHist[b] += (own[b] * real) / Math.max(1, n) }
      const times = percentilesOf(own)
      row.points.push({ s, n: Math.max(0, n), f: real, p50: times.p50Ms, p95: times.p95Ms, p99: times.p99Ms })
      if (row.points.length > 3600) row.points.splice(0, 600)
      requests += Math.max(0, n); failures += real
      return { requests: Math.max(0, n), failures: real, ...times }
    })
    const times = percentilesOf(hist)
    const inFlight = stall ? Math.min(now, Math.round(40 + (s - 239) * now * 0.12)) : Math.round(total * 0.03 * factor + 3 * noise(s + 5))
    state.seconds.push({
      s, users: now, requests, failures, inFlight, hist, times, rows, bound: bound ? 1 : 0,
      oldestMs: stall ? (s - 239) * 1000 : (times.maxMs ?? 0) * (0.4 + 0.4 * noise(s + 9)),
      busy: bound ? 84 + 12 * noise(s) : Math.min(78, 6 + (now / 1000) * 26 + 4 * noise(s + 3)), lag: bound ? 4 + 9 * noise(s + 2) : 0.03 + 0.09 * noise(s + 4),
      offered: s < 30 ? 0 : 120, started: s < 30 ? 0 : stall ? 0 : recovering ? 260 : 120,
    })
  }

  function reduceBy(own, c) {
    for (let b = 0; b < bucketCount && c > 0; b++) { const take = Math.min(own[b], c, 5); own[b] -= take; c -= take }
  }

  const runTimes = (hist, sum, count) => ({ count, averageMs: count ? sum / count : 0, ...fill(percentilesOf(hist)) })
  const fill = times => Object.fromEntries(Object.entries(times).map(([k, v]) => [k, v ?? 0]))
  const phasesOf = times => {
    const part = share => ({ ...times, averageMs: times.averageMs * share, p50Ms: times.p50Ms * share, p95Ms: times.p95Ms * share })
    return { blocked: part(0.09), dns: part(0.005), connect: part(0.03), tls: part(0.045), send: part(0.02), wait: part(0.74), receive: part(0.15) }
  }

  function document(last, phase, stopReason = null, withPhases = true) {
    second(Math.max(0, last))
    const now = state.seconds[Math.max(0, last)]
    const series = list.map((e, i) => rowOf(e, state.rows[i], now.rows[i], last, withPhases))
    const sumHist = new Float64Array(bucketCount); const failHist = new Float64Array(bucketCount)
    let requests = 0; let failures = 0; let sum = 0
    for (const row of state.rows) { requests += row.requests; failures += row.failures; sum += row.sum; row.hist.forEach((v, b) => { sumHist[b] += v; failHist[b] += row.failHist[b] }) }
    const total = { requests, failures, hist: sumHist, failHist, sum }
    const bounds = [[190, 191], [300, 314]].filter(([from]) => from <= last)
    const boundSeconds = bounds.reduce((n, [from, to]) => n + Math.min(to, last + 1) - from, 0)
    const lag = { count: 1000, averageMs: 0.05, minMs: 0.01, p50Ms: 0.04, p66Ms: 0.05, p75Ms: 0.06, p80Ms: 0.07, p90Ms: 0.1, p95Ms: 0.2, p98Ms: 0.6, p99Ms: boundSeconds ? 3.1 : 0.12, p999Ms: 8, p9999Ms: 12, maxMs: 14 }
    return {
      schemaVersion: 1, about: { producer: 'onrush 0.2.0', loadTest: 'shop.cs', host, runId: null }, phase, stopReason, verdict: null,
      takenAt: new Date(start + (last + 1) * 1000).toISOString(), startTime: new Date(start).toISOString(), runTimeMs: (last + 1) * 1000,
      targetUsers: state.target, spawnRate: state.rate, users: phase === 'stopped' ? 0 : now.users, usersByClass: { BrowseUser: Math.round(now.users * 0.75), CouponUser: Math.round(now.users * 0.25) },
      usersStarted: now.users, usersFailedOnStart: 0, inFlight: phase === 'stopped' ? 0 : now.inFlight, oldestRequestMs: phase === 'stopped' ? 0 : now.oldestMs,
      series, aggregated: rowOf(['', '', 'Aggregated', 0, 0, 0, 4200], total, now, last, withPhases),
      failures: failuresOf(last), exceptions: last > 80 ? exceptionsOf(last) : [], iterations: [], allIterations: { scenario: '', count: requests, failed: 3, duration: lag, lateness: null },
      generator: {
        text: boundSeconds ? `Generator-bound in ${boundSeconds} of ${last + 1} s (busiest loop 96 % busy, lag p99 up to 12.9 ms): the true p99 is between 118 and 131 ms.` : 'Generator had room: loops 31 % busy, lag p99 0.12 ms, added to responses p50 0.02 p99 0.05 ms.',
        isBound: boundSeconds > 0, boundSeconds, boundSpans: bounds.map(([f, t]) => ({ fromMs: f * 1000, toMs: t * 1000 })), busyPercent: now.busy, averageBusyPercent: 31, currentLagP99Ms: now.lag, lag, canary: lag, added: lag,
      },
      conservationErrors: [], outputs: outputs ? outputsAt(last) : [], warnings: ['12 names of requests look like addresses with ids: give them a name, for instance name: "/api/v1/events/[id]".'], seconds: [],
    }
  }

  // The first output had a bad ten seconds, the second never any.
  const outputsAt = last => [
    { output: 'influxdb http://influx.example:8086/onrush', records: 'points', produced: (last + 1) * 42, delivered: (last + 1) * 42 - (last > 260 ? 420 : 0) - 84, dropped: last > 260 ? 378 : 0, uncertain: last > 260 ? 42 : 0, queued: 84, queuedBytes: 9100, retries: last > 250 ? 7 : 0, trouble: last > 250 ? '503 Service Unavailable: engine: cache maximum memory size exceeded' : null },
    { output: 'jsonl run.jsonl', records: 'lines', produced: (last + 1) * 9, delivered: (last + 1) * 9, dropped: 0, uncertain: 0, queued: 0, queuedBytes: 0, retries: 0, trouble: null },
  ]

  function rowOf(e, row, now, last, withPhases) {
    const all = runTimes(row.hist, row.sum, row.requests)
    const failed = runTimes(row.failHist, row.failures ? (row.sum * row.failures) / Math.max(1, row.requests) : 0, row.failures)
    const outcomes = [{ outcome: 'success', count: row.requests - row.failures }]
    if (row.failures > 0) outcomes.push({ outcome: 'status', count: Math.ceil(row.failures * 0.8) }, { outcome: 'readTimeout', count: Math.floor(row.failures * 0.2) })
    return {
      scenario: e[0], method: e[1], name: e[2], started: row.requests + 3, requests: row.requests, failures: row.failures, cancelled: 0, inFlight: 3, failureRatio: row.requests ? row.failures / row.requests : 0,
      all, ...(withPhases || row.failures > 0 ? { successes: all, failed } : {}), ...(withPhases ? { duration: all, fromDue: e[2] === 'call coupon' ? { ...all, p99Ms: all.p99Ms * 9, p999Ms: all.maxMs * 1.6, maxMs: all.maxMs * 2 } : null, phases: phasesOf(all) } : {}),
      averageContentLength: e[6], bytesSent: row.requests * 210, bytesReceived: row.requests * (e[6] + 160), currentRps: now.requests, currentFailuresPerSecond: now.failures,
      totalRps: row.requests / (last + 1), totalFailuresPerSecond: row.failures / (last + 1), statuses: [{ status: 200, count: row.requests - row.failures }, ...(row.failures ? [{ status: 503, count: Math.ceil(row.failures * 0.8) }] : [])], outcomes,
    }
  }

  const at = s => new Date(start + s * 1000).toISOString()
  function failuresOf(last) {
    const found = []
    list.forEach((e, i) => {
      const n = state.rows[i].failures
      if (n > 0) found.push({ scenario: e[0], method: e[1], name: e[2], outcome: 'status', message: '503 Service Unavailable', occurrences: Math.ceil(n * 0.8), firstSeen: at(42 + i), lastSeen: at(last) })
      if (n > 4) found.push({ scenario: e[0], method: e[1], name: e[2], outcome: 'readTimeout', message: 'No complete response within 10 s (network timeout)', occurrences: Math.floor(n * 0.2), firstSeen: at(243), lastSeen: at(last) })
    })
    return found.sort((a, b) => b.occurrences - a.occurrences)
  }
  const exceptionsOf = last => [{ userClass: 'CouponUser', task: 'Call', type: 'System.Text.Json.JsonException', message: "'<' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 0.", stackTrace: "System.Text.Json.JsonException: '<' is an invalid start of a value.\n   at Coupon.Parse(Response response) in shop.cs:line 41\n   at CouponUser.Call() in shop.cs:line 33", count: 3, firstSeen: at(81), lastSeen: at(Math.min(last, 244)), workers: ['local'] }]

  function columns(from, last) {
    const c = { startSecond: [], lengthSeconds: [], users: [], requests: [], failures: [], cancelled: [], iterations: [], inFlight: [], oldestMs: [], averageMs: [], minMs: [], ...Object.fromEntries(Object.keys(ranks).map(k => [k, []])), maxMs: [], bytesSent: [], bytesReceived: [], busyPercent: [], lagP99Ms: [], generatorBound: [], arrivalsOffered: [], arrivalsStarted: [], arrivalsDropped: [] }
    for (let s = from; s <= last; s++) {
      const p = second(s)
      c.startSecond.push(s); c.lengthSeconds.push(1); c.users.push(p.users); c.requests.push(p.requests); c.failures.push(p.failures); c.cancelled.push(0); c.iterations.push(p.requests); c.inFlight.push(p.inFlight); c.oldestMs.push(p.oldestMs)
      for (const k of [...Object.keys(ranks), 'minMs', 'maxMs', 'averageMs']) c[k].push(p.times[k])
      c.bytesSent.push(p.requests * 210); c.bytesReceived.push(p.requests * 6200); c.busyPercent.push(p.busy); c.lagP99Ms.push(p.lag); c.generatorBound.push(p.bound); c.arrivalsOffered.push(p.offered); c.arrivalsStarted.push(p.started); c.arrivalsDropped.push(0)
    }
    return arrivals ? c : { ...c, arrivalsOffered: null, arrivalsStarted: null, arrivalsDropped: null }
  }

  function heat(from, last) {
    const h = { startSecond: [], lengthSeconds: [], cells: [] }
    for (let s = from; s <= last; s++) {
      const cells = []
      second(s).hist.forEach((n, b) => { if (n > 0) cells.push(b, n) })
      h.startSecond.push(s); h.lengthSeconds.push(1); h.cells.push(cells)
    }
    return h
  }

  function seriesOf(scenario, method, name) {
    const i = list.findIndex(e => e[0] === scenario && e[1] === method && e[2] === name)
    if (i < 0) return null
    const points = state.rows[i].points
    return { startSecond: points.map(p => p.s), lengthSeconds: points.map(() => 1), requests: points.map(p => p.n), failures: points.map(p => p.f), p50Ms: points.map(p => p.p50), p95Ms: points.map(p => p.p95), p99Ms: points.map(p => p.p99) }
  }

  const key = e => JSON.stringify([e[0], e[1], e[2]])
  return {
    second, document, columns, heat, seriesOf, isSpawning: s => second(s).users !== state.target,
    change(next, rate, s) { state.changes.push({ atSeconds: s, kind: 'users', text: `${state.target.toLocaleString('en')} → ${next.toLocaleString('en')} users at ${rate}/s` }); state.target = next; state.rate = rate },
    scenarios: last => {
      const now = second(Math.max(0, last))
      const done = state.rows.slice(-2).reduce((sum, row) => sum + row.requests, 0)
      const at = (name, executor, users, targetUsers, start, more) => ({ name, executor, phase: last < start ? 'waiting' : 'running', progress: Math.max(0, Math.min(1, (last + 1 - start) / (600 - start))), users, targetUsers, iterations: 0, iterationsTotal: null, dropped: 0, waiting: 0, offeredPerSecond: 0, achievedPerSecond: 0, startSecond: last < start ? null : start, runTimeSeconds: Math.max(0, last + 1 - start), lengthSeconds: 600 - start, warmUp: false, ...more })
      return [
        at('browse', 'users and spawn rate', Math.round(now.users * 0.75), Math.round(state.target * 0.75), 0, { iterations: Math.round(done * 3.4) }),
        at('coupons', 'constant arrival rate', last < 30 ? 0 : Math.round(now.users * 0.25), 10000, 30, { iterations: done, offeredPerSecond: now.offered, achievedPerSecond: now.started, waiting: last >= 240 && last < 247 ? (last - 239) * 120 : 0, dropped: last >= 244 ? 37 : 0 }),
      ]
    },
    traces: last => (outputs ? [247, 244, 199, 31, 8, 3].filter(s => s <= last).map((s, i) => ({ second: s, traceId: `${(s * 7919).toString(16).padStart(8, '0')}4bf92f3577b34da6a3ce929d`, scenario: list[i % list.length][0], method: list[i % list.length][1], name: list[i % list.length][2], status: i === 1 ? 503 : 200, responseMs: 5200 / (i + 1) })) : []),
    marks: last => [{ atSeconds: Math.ceil(users / spawnRate), kind: 'spawned', text: `All ${users.toLocaleString('en')} users started` }, ...state.changes].filter(m => m.atSeconds <= last),
    endpointsAt: s => ({ second: s, rows: second(s).rows.map((r, i) => ({ scenario: list[i][0], method: list[i][1], name: list[i][2], requests: r.requests, failures: r.failures, p50Ms: r.p50Ms, p95Ms: r.p95Ms, p99Ms: r.p99Ms })) }),
    // The target's processor follows the load; its memory cannot be read for half a minute; the database is asked every ten seconds.
    targets: (from, last) => {
      const rows = [['process 4711', 'process 4711 CPU', '%', 5, s => Math.min(395, second(s).requests)], ['process 4711', 'process 4711 memory', 'bytes', 5, s => (s >= 60 && s < 90 ? null : 4e8 + s * 3e5)],
        ...['db-1', 'db-2'].map((db, i) => ['prometheus rate(queries[1m])', `queries{instance="${db}"}`, '', 10, s => second(s).requests * (2 + i)])]
      return rows.map(([source, name, unit, every, value]) => {
        const at = Array.from({ length: last + 1 }, (_, s) => s).filter(s => s >= from && s % every === 0)
        return { source, name, unit, startSecond: at, lengthSeconds: at.map(() => 1), values: at.map(value) }
      })
    },
    recent: last => Object.fromEntries(list.map((e, i) => [key(e), state.rows[i].points.filter(p => p.s > last - 60 && p.s <= last).map(p => p.n)])),
    allSeries: () => Object.fromEntries(list.map(e => [key(e), seriesOf(e[0], e[1], e[2])])),
    findings: last => [
      ...(last > 247 ? [{ id: 'stall', severity: 'problem', title: 'The target answered nothing for 7 s', text: 'From 4:00 to 4:07 no request was answered while up to 880 were waiting. All endpoints stopped together, so the cause is shared: a garbage collection, a lock, a database.', evidence: [{ label: 'Stalls', value: '1' }, { label: 'Longest', value: '7 s' }, { label: 'Requests waiting', value: '880' }], fromSeconds: 240, toSeconds: 252, charts: ['throughput', 'inFlight'], link: 'docs/symptoms/stall.md' }] : []),
      ...(last > 120 ? [{ id: 'saturation', severity: 'warning', title: 'Past about 820 users throughput stays flat while response times grow', text: 'Requests per second stopped growing at 820 users; from there to 1,000 users the p95 grew from 58 to 211 ms. The target is saturated; more users only wait longer.', evidence: [{ label: 'Throughput at the limit', value: '318/s' }, { label: 'Response time without queue', value: '58 ms' }, { label: 'Response time under full load', value: '211 ms' }], fromSeconds: 38, toSeconds: 120, charts: ['throughput', 'times', 'users'], link: 'docs/symptoms/saturation.md' }] : []),
      ...(last > 314 ? [{ id: 'generator-bound', severity: 'warning', title: 'The generator was the limit for 15 s', text: 'The busiest loop was 96 % busy. The figures of these seconds are not only the target’s.', evidence: [{ label: 'Generator-bound', value: '15 of 600 s' }, { label: 'Its largest lag p99', value: '12.9 ms' }], fromSeconds: 300, toSeconds: 314, charts: ['generator', 'times'], link: 'docs/symptoms/generator-bound.md' }] : []),
      ...(last > 60 ? [{ id: 'wait-caps-rate', severity: 'info', title: 'The wait between tasks caps the rate at 400 requests/s', text: '1,000 users who wait 2.5 s make at most 400 requests per second, however fast the target is.', evidence: [], fromSeconds: null, toSeconds: null, charts: ['throughput'], link: null }] : []),
    ],
    thresholds: last => {
      const d = document(last, 'running')
      const coupon = d.series.find(r => r.name === 'call coupon')
      return [
        { metric: 'http_req_failed', expression: 'rate<0.01', passed: d.aggregated.failureRatio < 0.01, value: d.aggregated.failureRatio, text: `${(d.aggregated.failureRatio * 100).toFixed(2)} %`, abortOnFail: false },
        { metric: 'http_req_duration', expression: 'p(95)<500', passed: d.aggregated.all.p95Ms < 500, value: d.aggregated.all.p95Ms, text: `${d.aggregated.all.p95Ms.toFixed(0)} ms`, abortOnFail: false },
        ...(coupon ? [{ metric: 'http_req_duration{name:call coupon}', expression: 'p(99)<1000', passed: coupon.all.p99Ms < 1000, value: coupon.all.p99Ms, text: `${coupon.all.p99Ms.toFixed(0)} ms`, abortOnFail: true }] : []),
      ]
    },
    workers: last => [['local', 0.5], ['worker-2', 0.5]].map(([id, share], i) => ({ id, state: 'running', users: Math.round(second(last).users * share), requests: Math.round(state.rows.reduce((sum, row) => sum + row.requests, 0) * share), clockOffsetMs: i === 0 ? 0 : 0.42, version: '0.2.0', cpuPercent: second(last).busy - i * 3, memoryBytes: 92e6 + i * 4e6, lagP99Ms: second(last).lag, address: i === 0 ? null : '10.0.0.7' })),
    ratio: { perClass: { BrowseUser: { ratio: 0.75, tasks: { Home: { ratio: 0.5 }, Events: { ratio: 0.3 }, Search: { ratio: 0.2 } } }, CouponUser: { ratio: 0.25, tasks: { Login: { ratio: 0.1 }, Buying: { ratio: 0.9, tasks: { Basket: { ratio: 0.4 }, Call: { ratio: 0.6 } } } } } }, total: { BrowseUser: { ratio: 0.75, tasks: { Home: { ratio: 0.375 }, Events: { ratio: 0.225 }, Search: { ratio: 0.15 } } }, CouponUser: { ratio: 0.25, tasks: { Login: { ratio: 0.025 }, Buying: { ratio: 0.225, tasks: { Basket: { ratio: 0.09 }, Call: { ratio: 0.135 } } } } } } },
  }
}

function percentilesOf(hist) {
  let total = 0
  for (const n of hist) total += n
  const out = { minMs: null, maxMs: null, averageMs: null, ...Object.fromEntries(Object.keys(ranks).map(k => [k, null])) }
  if (total === 0) return out
  const keys = Object.entries(ranks)
  let seen = 0; let next = 0; let sum = 0
  for (let b = 0; b < hist.length; b++) {
    if (hist[b] === 0) continue
    out.minMs ??= bucketMs(b + 0.2)
    out.maxMs = bucketMs(b + 0.85)
    const before = seen
    seen += hist[b]
    sum += hist[b] * bucketMs(b + 0.5)
    while (next < keys.length && seen >= keys[next][1] * total) { out[keys[next][0]] = bucketMs(b + Math.min(0.84, (keys[next][1] * total - before) / hist[b])); next++ }
  }
  while (next < keys.length) { out[keys[next][0]] = out.maxMs; next++ }
  out.averageMs = sum / total
  return out
}
