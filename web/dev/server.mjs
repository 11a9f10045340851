// Serves dist/ and the API with a made-up run. Usage: node dev/server.mjs [--port 8088] [--at SECOND] [--state ready|running|stopped]
// [--many N] [--points N] [--speed N]. Only for working on the page and for its tests; listens on loopback.
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeRun } from './fixture.mjs'

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
const dist = join(fileURLToPath(new URL('.', import.meta.url)), '../dist')
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

export function serve({ port = 0, at = 0, state = 'ready', many = 0, points = 0, tick = 1000, runTimeSeconds = 600, change = true, token = null, noRuns = false, scenarios = false, spawnRate = 20, outputs = false, arrivals = true } = {}) {
  let run = makeRun({ many, outputs, arrivals, spawnRate, start: Date.now() - at * 1000 })
  let last = at
  let session = state
  let runId = state === 'ready' ? null : 'r1'
  let number = 1
  if (at > 360 && change) { for (let s = 0; s < 360; s++) run.second(s); run.change(1200, 40, 360) }
  if (state !== 'ready') run.second(at)
  const clients = new Set()
  const logs = [['info', 'Listening at http://127.0.0.1:8089/'], ['info', 'Load test shop.cs compiled in 412 ms'], ['info', 'Ramping to 1,000 users at 20/s'], ['info', 'All 1,000 users started'], ['warning', 'User code blocked loop 1 for 132 ms in CouponUser.Call'], ['error', 'CouponUser.Call: JsonException: \'<\' is an invalid start of a value.'], ['info', 'Users changed: 1,200 at 40/s']]
    .map(([level, text], i) => ({ number: i + 1, at: new Date(Date.now() - (7 - i) * 9000).toISOString(), level, text, source: 'local' }))
  const past = noRuns ? [] : [0, 1, 2, 3].map(i => ({ id: `20261${120 - i}-shop-a${i}`, name: `shop-${i}`, loadTest: 'shop.cs', host: 'http://shop.example:8080', startTime: new Date(Date.UTC(2026, 10, 20 - i, 9, 30 - i * 7, 12)).toISOString(), runTimeSeconds: 600, users: 1000 - i * 100, requests: 221_430 - i * 12_345, rps: 369 - i * 21.3, p95Ms: 182 + i * 17, failureRatio: i === 2 ? 0 : 0.021, verdict: i === 2 ? 'passed' : i === 3 ? 'none' : 'failed', state: 'stopped' }))

  // What the load test configures; a change while it runs is kept here.
  const plan = [
    { name: 'browse', executor: 'constant users', userClass: 'BrowseUser', text: '800 users for 10m', users: 800, rate: null, timeUnitSeconds: null },
    { name: 'coupons', executor: 'constant arrival rate', userClass: 'CouponUser', text: '120 iterations/s for 9m 30s from 30s', users: null, rate: 120, timeUnitSeconds: 1 },
  ]
  const phase = () => (session === 'stopped' ? 'stopped' : session === 'stopping' ? 'stopping' : session === 'ready' ? 'ready' : run.isSpawning(last) ? 'spawning' : 'running')
  const status = () => ({ state: session, runId, error: null })
  const form = () => ({
    users: 1000, spawnRate: 20, host: 'http://shop.example:8080', runTimeSeconds,
    userClasses: [{ name: 'BrowseUser', weight: 3, fixedCount: null, host: null, tasks: ['Home', 'Events', 'Search'], averageWaitSeconds: 2.5 }, { name: 'CouponUser', weight: 1, fixedCount: null, host: null, tasks: ['Login', 'Basket', 'Call'], averageWaitSeconds: 2.5 }],
    scenarios: scenarios ? plan : [], shapes: scenarios ? [] : ['MorningPeak'], shape: null, targets: [{ name: 'staging', host: 'https://staging.shop.example' }], averageWaitSeconds: 2.5,
    options: [{ name: 'event-id', kind: 'integer', label: 'event-id', help: 'Number of the event whose coupons are taken', default: 1, choices: [], required: false }, { name: 'region', kind: 'choice', label: 'region', help: 'Where the users pretend to be', default: 'eu', choices: ['eu', 'us', 'ap'], required: false }, { name: 'api-key', kind: 'secret', label: 'api-key', help: null, default: null, choices: [], required: false }, { name: 'follow-redirects', kind: 'flag', label: 'follow-redirects', help: null, default: true, choices: [], required: false }],
  })
  const full = () => ({ ...status(), version: '0.2.0', canChange: true, phase: phase(), startedAt: null, features: ['report'], loadTest: { name: 'shop.cs', file: 'samples/loadtests/shop.cs' }, form: form() })
  const around = () => ({ findings: run.findings(last), thresholds: many ? [] : run.thresholds(last), workers: run.workers(last), marks: run.marks(last), scenarios: many ? [] : run.scenarios(last) })
  const answer = (all, of = run, upTo = last) => ({
    run: of.document(upTo, of === run ? phase() : 'stopped', session === 'stopped' || of !== run ? 'The run time is over' : null), seconds: points ? stretched(of.columns(0, Math.min(upTo, 3599)), points) : of.columns(0, upTo), heat: points ? stretched(of.heat(0, Math.min(upTo, 3599)), points) : of.heat(0, upTo),
    plan: { users: 1000, spawnRate: 20, host: 'http://shop.example:8080', runTimeSeconds, stages: [] }, ratio: of.ratio, findings: of.findings(upTo), thresholds: many ? [] : of.thresholds(upTo), workers: of.workers(upTo), marks: of.marks(upTo), traces: of.traces(upTo), scenarios: many ? [] : of.scenarios(upTo), targets: of.targets(0, upTo), ...(all ? { series: of.allSeries() } : {}),
    recent: of.recent(upTo),
  })
  const pastRun = id => { const i = Math.max(0, past.findIndex(r => r.id === id)); const of = makeRun({ users: 1000 - i * 100, slow: 1 + i * 0.12, start: Date.parse(past[i].startTime) }); of.second(599); return of }
  const nothing = () => { const a = answer(false); const empty = makeRun({}).columns(0, -1); return { ...a, run: { ...a.run, phase: 'ready', startTime: null, series: [], failures: [], exceptions: [] }, seconds: empty, heat: { startSecond: [], lengthSeconds: [], cells: [] }, findings: [], thresholds: [], workers: [], marks: [], scenarios: [], targets: [], ratio: run.ratio } }

  const send = (client, event, id, data) => client.write(`event: ${event}\n${id ? `id: ${id}\n` : ''}data: ${JSON.stringify(data)}\n\n`)
  // With more points than were made up, the run goes on after the last of them.
  const shift = points ? points - 1 - at : 0
  const later = columns => (shift ? { ...columns, startSecond: columns.startSecond.map(s => s + shift) } : columns)
  const runEvent = (from, whole) => ({ session: status(), run: run.document(last, phase(), null, false), seconds: later(run.columns(from, last)), heat: later(run.heat(from, last)), endpoints: { ...run.endpointsAt(last), second: last + shift }, logs: logs.length, full: whole, targets: run.targets(from, last), traces: run.traces(last), ...around() })
  const timer = setInterval(() => {
    if (session !== 'running') return
    last++
    if (runTimeSeconds && last + 1 >= runTimeSeconds) session = 'stopped'
    const event = runEvent(last, false)
    for (const client of clients) send(client, 'run', `${runId}:${last}`, event)
  }, tick)
  timer.unref()
  const tell = () => { for (const client of clients) send(client, 'session', null, status()) }

  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://x')
    const json = (value, code = 200) => { response.writeHead(code, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }); response.end(JSON.stringify(value)) }
    const path = url.pathname
    if (token && path.startsWith('/api/') && !path.endsWith('/login') && request.headers.cookie !== 'fixture=in') return json({ message: 'Log in first.' }, 401)
    if (request.method === 'POST') {
      let body = ''
      request.on('data', chunk => { body += chunk })
      request.on('end', () => {
        const value = body ? JSON.parse(body) : {}
        if (path === '/api/v1/login') { if (value.token !== token) return json({ message: 'Wrong token.' }, 401); response.setHeader('Set-Cookie', 'fixture=in; HttpOnly; SameSite=Strict; Path=/'); return json({ ok: true }) }
        if (path === '/api/v1/start') {
          if (value.host?.includes('refused')) return json({ message: 'The host cannot be resolved.', errors: { host: 'refused.example cannot be resolved: no such name' } }, 400)
          run = makeRun({ many, outputs, users: value.users ?? 1000, spawnRate: value.spawnRate ?? 20, start: Date.now() }); last = 0; session = 'running'; runId = `r${++number}`; run.second(0)
        } else if (path === '/api/v1/stop') { session = 'stopped'; for (const client of clients) send(client, 'run', `${runId}:${last}`, runEvent(last, false)) }
        else if (value.scenario) { const found = plan.find(s => s.name === value.scenario.name); if (value.scenario.rate > 1000) return json({ message: 'Too much.', errors: { scenario: 'Scenario coupons: the rate is more than this test takes' } }, 400); Object.assign(found, value.scenario) }
        else if (path === '/api/v1/change') { run.change(value.users, value.spawnRate, last + 1) }
        else if (path !== '/api/v1/reset') return json({ message: 'Not found' }, 404)
        json({ ok: true, session: status() })
        tell()
      })
      return
    }
    if (path === '/api/v1/session') return json(full())
    if (path === '/api/v1/login') return json({ kind: token ? 'token' : 'none' })
    if (path === '/api/v1/run') return json(session === 'ready' ? nothing() : answer(url.searchParams.has('full')))
    if (path === '/api/v1/logs') return json({ lines: logs.filter(l => l.number > Number(url.searchParams.get('after') ?? 0)) })
    if (path === '/api/v1/runs') return json({ runs: past })
    if (path === '/api/v1/download') return json({ downloads: session === 'ready' ? [] : [['report.html', 'report'], ['requests.csv', 'requests'], ['failures.csv', 'failures'], ['exceptions.csv', 'exceptions'], ['history.csv', 'history'], ['run.json', 'run']].map(([name, kind]) => ({ name, kind })) })
    if (path.startsWith('/api/v1/download/')) { response.writeHead(200, { 'Content-Disposition': 'attachment' }); return response.end('name\n') }
    if (path === '/api/v1/compare') return json(comparison(pastRun(url.searchParams.get('base')), pastRun(url.searchParams.get('new'))))
    if (path.startsWith('/api/v1/run/series')) { const found = run.seriesOf(url.searchParams.get('scenario'), url.searchParams.get('method'), url.searchParams.get('name')); return found ? json(found) : json({ message: 'No such endpoint' }, 404) }
    if (path.startsWith('/api/v1/runs/')) { const of = pastRun(past.find(r => path.includes(r.id))?.id); if (path.includes('/download')) return json({ downloads: [] }); return json(answer(true, of, 599)) }
    if (path === '/api/v1/stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
      send(response, 'session', null, status())
      const [id, after] = String(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? '').split(':')
      if (session !== 'ready' && (id !== runId || Number(after) < last)) send(response, 'run', `${runId}:${last}`, runEvent(id === runId ? Number(after) + 1 : 0, id !== runId))
      clients.add(response)
      request.on('close', () => clients.delete(response))
      return
    }
    const file = join(dist, normalize(path === '/' ? '/index.html' : path))
    if (!file.startsWith(dist) || !existsSync(file)) { response.writeHead(404); return response.end() }
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': csp })
    createReadStream(file).pipe(response)
  })
  server.unref()
  return new Promise(resolve => server.listen(port, '127.0.0.1', () => resolve({
    url: `http://127.0.0.1:${server.address().port}/`,
    port: server.address().port,
    report: () => readFileSync(join(dist, 'report.html'), 'utf8').replace('__ONRUSH_REPORT_DATA__', () => JSON.stringify(answer(true)).replaceAll('<', '\\u003c')),
    close: () => new Promise(done => { clearInterval(timer); for (const client of clients) client.destroy(); server.closeAllConnections(); server.close(done) }),
  })))
}

/** What /api/v1/compare says of two made-up runs: what differs by more than a few percent is no noise. */
function comparison(base, next) {
  const figure = (a, b, more, points = false) => {
    const changed = points ? b - a : ((b - a) / a) * 100
    const verdict = Math.abs(changed) < (points ? 0.5 : 8) ? 'noise' : changed > 0 === more ? 'better' : 'worse'
    return { base: a, new: b, changePercent: changed, lowPercent: changed - 3, highPercent: changed + 3, verdict }
  }
  const before = base.document(599, 'stopped'); const after = next.document(599, 'stopped')
  const rows = [...before.series, before.aggregated].map((row, i) => {
    const now = [...after.series, after.aggregated][i]
    return { scenario: row.scenario, method: row.method, name: row.name, metrics: { medianMs: figure(row.all.p50Ms, now.all.p50Ms, false), p95Ms: figure(row.all.p95Ms, now.all.p95Ms, false), p99Ms: figure(row.all.p99Ms, now.all.p99Ms, false), averageMs: figure(row.all.averageMs, now.all.averageMs, false), rps: figure(row.totalRps, now.totalRps, true), failedPercent: figure(row.failureRatio * 100, now.failureRatio * 100, false, true) } }
  })
  return { comparable: true, reasons: [], summary: '', rows }
}

/** The same points over and over until there are so many of them: a long run without the time to make it up. */
function stretched(columns, points) {
  const length = columns.startSecond.length
  return Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, values && Array.from({ length: points }, (_, i) => (key === 'startSecond' ? i : values[i % length]))]))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name, otherwise) => { const i = process.argv.indexOf(`--${name}`); return i < 0 ? otherwise : process.argv[i + 1] }
  const server = await serve({ port: Number(option('port', 8088)), at: Number(option('at', 0)), state: option('state', 'ready'), many: Number(option('many', 0)), points: Number(option('points', 0)) })
  console.log(server.url)
  setInterval(() => {}, 60_000) // the server alone does not keep the process alive, so that a failed test ends
}
