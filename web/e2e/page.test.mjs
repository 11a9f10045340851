// The page in a real browser against a made-up run: what people do with it, in both languages, and what must never happen.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { serve } from '../dev/server.mjs'
import { executable, launch } from './browser.mjs'

const skip = executable ? false : 'Chromium is not installed (Debian package chromium)'
const tabs = ['overview', 'statistics', 'charts', 'failures', 'exceptions', 'ratio', 'workers', 'logs', 'findings', 'history', 'download']
let browser
before(async () => { if (!skip) browser = await launch() })
after(async () => { await browser?.close() })

/** A page whose errors fail the test. */
async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options })
  const page = await context.newPage()
  const errors = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => { if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text())) errors.push(message.text()) })
  await page.goto(url)
  return { page, errors, close: async () => { await context.close(); assert.deepEqual(errors, []) } }
}

async function withServer(options, act) {
  const server = await serve(options)
  try { await act(server) } finally { await server.close() }
}

const state = page => page.locator('.pill').innerText()
const until = (page, text) => page.waitForFunction(wanted => document.querySelector('.pill')?.textContent?.includes(wanted), text, { timeout: 20_000 })

test('start, edit, stop and start again', { skip }, () => withServer({ state: 'ready' }, async server => {
  const { page, close } = await open(server.url)
  assert.match(await page.locator('.will').innerText(), /1,000 users in 50.s, about 400 requests\/s at 2\.5.s wait/)
  await page.getByLabel('Number of users').fill('40')
  await page.getByLabel('Ramp up').fill('40')
  await page.getByLabel('Ramp up').press('Enter')
  await until(page, 'Running')
  await page.keyboard.press('e')
  await page.getByRole('dialog').getByLabel('Users', { exact: true }).fill('80')
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click()
  await page.waitForFunction(() => document.querySelector('.figure dd')?.textContent === '80', null, { timeout: 20_000 })
  await page.keyboard.press('s')
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the test' }).click()
  await until(page, 'Stopped')
  await page.getByRole('button', { name: 'Start again' }).click()
  assert.equal(await page.getByRole('dialog').getByLabel('Number of users').inputValue(), '40', 'the form remembers')
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await until(page, 'Running')
  await close()
}))

test('the rate of a scenario is changed while it runs', { skip }, () => withServer({ state: 'running', at: 100, scenarios: true }, async server => {
  const { page, close } = await open(server.url)
  await page.locator('.scenario', { hasText: 'coupons' }).waitFor()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  const rate = dialog.getByLabel('coupons (iterations/s)')
  assert.equal(await rate.inputValue(), '120')
  await rate.fill('0')
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await dialog.getByText('Must be a number above 0').waitFor()
  await rate.fill('2000')
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await dialog.getByText('the rate is more than this test takes').waitFor()
  await rate.fill('150')
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await page.waitForFunction(() => !document.querySelector('dialog[open]'))
  await page.keyboard.press('e')
  await page.waitForFunction(() => [...document.querySelectorAll('dialog[open] input')].some(input => input.value === '150'), null, { timeout: 20_000 })
  await close()
}))

test('the charts have the percentiles that were chosen', { skip }, () => withServer({ state: 'stopped', at: 120 }, async server => {
  const { page, close } = await open(`${server.url}?tab=charts`)
  const legend = page.locator('section.chart[aria-label="Response time"] .legend-label')
  await legend.nth(2).waitFor()
  assert.deepEqual(await legend.allInnerTexts(), ['p50', 'p95', 'p99'])
  await page.getByRole('button', { name: 'Lines' }).click()
  await page.getByLabel('p99.9', { exact: true }).check()
  await page.getByLabel('p50', { exact: true }).uncheck()
  assert.deepEqual(await legend.allInnerTexts(), ['p95', 'p99', 'p99.9'])
  await page.reload()
  await legend.nth(2).waitFor()
  assert.deepEqual(await legend.allInnerTexts(), ['p95', 'p99', 'p99.9'], 'the address remembers')
  await close()
}))

test('errors stand beside their field in words', { skip }, () => withServer({ state: 'ready' }, async server => {
  const { page, close } = await open(server.url)
  await page.getByLabel('Number of users').fill('0')
  await page.getByLabel('Ramp up').fill('0')
  await page.getByLabel('Host').fill('shop')
  await page.getByRole('button', { name: 'Start' }).click()
  const field = label => page.locator('.field', { hasText: label }).locator('.field-error')
  assert.equal((await field('Number of users').innerText()).trim(), 'Number of users must be above 0')
  assert.equal((await field('Ramp up').innerText()).trim(), 'Ramp up must be above 0')
  assert.equal((await field('Host').innerText()).trim(), 'Host must begin with http:// or https://')
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid')), 'true', 'the first wrong field has the focus')
  await page.getByLabel('Number of users').fill('5')
  assert.equal(await field('Number of users').count(), 0, 'a mended field is no longer refused')
  await page.getByLabel('Ramp up').fill('5')
  await page.getByLabel('Host').fill('http://refused.example')
  await page.getByRole('button', { name: 'Start' }).click()
  await field('Host').filter({ hasText: 'no such name' }).waitFor({ timeout: 10_000 })
  assert.match(await state(page), /Ready/)
  await close()
}))

test('every tab opens by click, by key and by address', { skip }, () => withServer({ state: 'running', at: 200 }, async server => {
  const { page, close } = await open(server.url)
  for (const tab of tabs) {
    await page.locator(`#tab-${tab}`).click()
    assert.equal(await page.locator('[role=tab][aria-selected=true]').getAttribute('id'), `tab-${tab}`)
    await page.locator('#panel > *').first().waitFor({ timeout: 10_000 })
  }
  await page.keyboard.press('3')
  assert.equal(new URL(page.url()).searchParams.get('tab'), 'charts')
  await page.goBack()
  assert.equal(new URL(page.url()).searchParams.get('tab'), 'download')
  await page.goto(`${server.url}?tab=failures&filter=coupon`)
  assert.equal(await page.getByRole('searchbox').inputValue(), 'coupon')
  assert.ok(await page.locator('tbody tr').count() > 0)
  await close()
}))

test('the statistics sort, filter, hide columns and choose percentiles', { skip }, () => withServer({ state: 'stopped', at: 300 }, async server => {
  const { page, close } = await open(`${server.url}?tab=statistics`)
  await page.getByRole('button', { name: /Sort by # Requests|# Requests/ }).click()
  const numbers = await page.locator('tbody tr td:nth-child(5)').allInnerTexts()
  const values = numbers.map(n => Number(n.replaceAll(',', '')))
  assert.deepEqual(values, values.toSorted((a, b) => b - a))
  await page.keyboard.press('/')
  await page.keyboard.type('coupon')
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2, null, { timeout: 20_000 })
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 11, null, { timeout: 20_000 })
  await page.getByRole('button', { name: 'Percentiles' }).click()
  await page.getByLabel('99.9%', { exact: true }).check()
  assert.equal(await page.locator('th', { hasText: '99.9%ile' }).count(), 1)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByLabel('Average size').uncheck()
  assert.equal(await page.locator('th', { hasText: 'Average size' }).count(), 0)
  const median = 1 + await page.locator('th').evaluateAll(heads => heads.findIndex(head => head.textContent.startsWith('Median')))
  for (const row of [page.locator('tbody tr', { hasText: 'call coupon' }), page.locator('tfoot tr')]) {
    const cell = row.locator(`td:nth-child(${median})`)
    await cell.hover()
    assert.match(await cell.getAttribute('title'), /^\d[\d.,]* ms$/, 'the exact value is told to who points at it')
  }
  await page.locator('tbody tr', { hasText: 'call coupon' }).click()
  await page.locator('.phase-bar').waitFor()
  await page.locator('.endpoint-detail canvas').nth(1).waitFor()
  assert.equal(await page.locator('.endpoint-detail canvas').count(), 2)
  await close()
}))

test('a long table has the rows in sight, tells how many there are, and prints all of them', { skip }, () => withServer({ state: 'running', at: 100, many: 200 }, async server => {
  const { page, close } = await open(`${server.url}?tab=statistics`)
  const table = page.getByRole('table', { name: 'Statistics' })
  await table.getByText('/api/v2/resource-0/[id]').waitFor()
  assert.equal(await table.getAttribute('aria-rowcount'), '202')
  const rows = table.locator('tbody tr[aria-rowindex]')
  assert.ok(await rows.count() < 80)
  assert.equal((await rows.first().boundingBox()).height, 30)
  const widths = () => table.locator('th').evaluateAll(cells => cells.slice(0, 2).map(cell => Math.round(cell.getBoundingClientRect().width)))
  const before = await widths()
  await page.locator('.table-box').evaluate(box => { box.scrollTop = box.scrollHeight })
  const last = table.locator('tr[aria-rowindex="201"]')
  await last.waitFor()
  assert.ok(await rows.count() < 80)
  assert.deepEqual(await widths(), before, 'the columns stay where they are')
  await last.locator('.opener').click()
  await page.locator('.table-box').evaluate(box => { box.scrollTop = 0 })
  await table.locator('tr[aria-rowindex="2"]').waitFor()
  assert.equal(await last.getByRole('button').getAttribute('aria-expanded'), 'true', 'what is open stays')
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  assert.equal(await rows.count(), 200)
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.waitForFunction(() => document.querySelectorAll('tbody tr[aria-rowindex]').length < 100)
  await close()
}))

test('what was measured on the target stands under the same axis and goes on live', { skip }, () => withServer({ state: 'running', at: 200, tick: 100 }, async server => {
  const { page, close } = await open(`${server.url}?tab=charts`)
  const cpu = page.locator('section.chart[aria-label="Target: process 4711 CPU"]')
  await cpu.scrollIntoViewIfNeeded()
  await cpu.locator('canvas').waitFor()
  assert.match(await cpu.locator('.legend-value').innerText(), /\d\s%/)
  assert.equal(await page.locator('section.chart[aria-label="Target: queries"] .legend-label').count(), 2)
  const before = await cpu.locator('.legend-value').innerText()
  await page.waitForFunction(old => document.querySelector('section.chart[aria-label="Target: process 4711 CPU"] .legend-value').textContent !== old, before, { timeout: 20_000 })
  // The cursor of the first chart is at the same instant in those of the target, although their points are others.
  const box = await page.locator('.u-over').first().boundingBox()
  await page.locator('.u-over').first().hover({ position: { x: box.width * 0.5, y: 40 } })
  const [first, there] = await page.evaluate(() => [document.querySelector('.chart-when').textContent, document.querySelector('section.chart[aria-label="Target: process 4711 CPU"] .chart-when').textContent])
  const seconds = text => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  assert.ok(Math.abs(seconds(first) - seconds(there)) <= 3, `${first} and ${there}`)
  await close()
}))

test('what became of the outputs, and the slowest traces, stand where there are any', { skip }, () => withServer({ state: 'running', at: 300, outputs: true }, async server => {
  const { page, close } = await open(server.url)
  const traces = page.getByRole('region', { name: 'Slowest traces' })
  await traces.locator('li').nth(4).waitFor()
  assert.match((await traces.locator('li').first().innerText()).replaceAll('\u202f', ' '), /5\.20 s\s+04:07\s+[0-9a-f]{32}/)
  assert.match(await page.locator('.honesty').innerText(), /2 outputs, 420 not delivered/)
  await page.getByRole('tab', { name: 'Outputs' }).click()
  const row = page.getByRole('row', { name: /influxdb/ })
  assert.match(await row.innerText(), /points\s+[\d,]+\s+[\d,]+\s+378\s+42\s+84\s+7\s+503 Service Unavailable/)
  await page.locator('.preferences').getByText('한').click()
  await page.getByRole('columnheader', { name: '불확실' }).waitFor()
  await page.locator('#tab-overview').click()
  await page.getByRole('region', { name: '가장 느린 트레이스' }).waitFor()
  await close()
  const report = join(mkdtempSync(join(tmpdir(), 'onrush-report-')), 'report.html')
  writeFileSync(report, server.report())
  const reader = await open(pathToFileURL(report).href)
  await reader.page.getByRole('region', { name: 'Outputs' }).getByRole('row', { name: /influxdb/ }).waitFor()
  await reader.page.getByRole('region', { name: 'Slowest traces' }).waitFor()
  await reader.close()
  rmSync(dirname(report), { recursive: true })
}))

test('a run without outputs has no tab for them', { skip }, () => withServer({ state: 'running', at: 100 }, async server => {
  const { page, close } = await open(server.url)
  await page.locator('canvas').first().waitFor()
  assert.equal(await page.getByRole('tab', { name: 'Outputs' }).count(), 0)
  assert.equal(await page.getByRole('region', { name: 'Slowest traces' }).count(), 0)
  await page.goto(`${server.url}?tab=outputs`)
  await page.getByText('sends its results nowhere else').waitFor()
  await close()
}))

test('dragging zooms every chart, a double click shows everything', { skip }, () => withServer({ state: 'stopped', at: 400 }, async server => {
  const { page, close } = await open(`${server.url}?tab=charts`)
  const box = await page.locator('.u-over').first().boundingBox()
  await page.mouse.move(box.x + box.width * 0.2, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.4, box.y + 40, { steps: 5 })
  await page.mouse.up()
  await page.getByRole('button', { name: /Zoomed 01:2\d – 02:4\d/ }).waitFor({ timeout: 5000 })
  await page.mouse.dblclick(box.x + box.width / 2, box.y + 40)
  await page.waitForFunction(() => !document.body.textContent.includes('Zoomed'))
  const bound = box.x + box.width * (307 / 400)
  await page.mouse.move(bound, box.y + 60)
  assert.match(await page.locator('.chart-words').first().innerText(), /Generator-bound/)
  await page.locator('.plot').first().focus()
  await page.keyboard.press('ArrowLeft')
  assert.notEqual(await page.locator('.chart-when').first().innerText(), '')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as image: Throughput' }).click()
  assert.equal((await download).suggestedFilename(), 'onrush-throughput.png')
  await close()
}))

test('Korean by the browser, and by the switch', { skip }, () => withServer({ state: 'ready' }, async server => {
  const korean = await open(server.url, { locale: 'ko-KR' })
  assert.match(await korean.page.locator('#panel').innerText(), /사용자 수/)
  assert.equal(await korean.page.evaluate(() => document.documentElement.lang), 'ko')
  await korean.close()
  const english = await open(server.url)
  await english.page.locator('.preferences').getByText('한').click()
  assert.match(await english.page.locator('#tab-overview').innerText(), /개요/)
  await english.page.reload()
  assert.match(await english.page.locator('#tab-overview').innerText(), /개요/, 'the choice is remembered')
  await english.close()
}))

test('goes on after the server was away', { skip }, async () => {
  const first = await serve({ state: 'running', at: 50, tick: 200 })
  const { page, close } = await open(first.url)
  await until(page, 'Running')
  await first.close()
  await page.getByRole('alert').filter({ hasText: 'No connection' }).waitFor({ timeout: 15_000 })
  const second = await serve({ state: 'running', at: 120, tick: 200, port: first.port })
  await page.waitForFunction(() => !document.body.textContent.includes('No connection'), null, { timeout: 30_000 })
  await page.waitForFunction(() => /02:0[3-9]|02:[1-9]/.test(document.querySelector('.pill')?.textContent ?? ''), null, { timeout: 20_000 })
  await close()
  await second.close()
})

test('asks for the token and goes on with it', { skip }, () => withServer({ state: 'running', at: 70, token: 'let me in' }, async server => {
  const { page, close } = await open(server.url)
  await page.getByLabel('Token').fill('wrong')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByText('That did not match.').waitFor()
  await page.getByLabel('Token').fill('let me in')
  await page.getByRole('button', { name: 'Log in' }).click()
  await until(page, 'Running')
  await close()
}))

test('two runs stand side by side', { skip }, () => withServer({ state: 'stopped', at: 100 }, async server => {
  const { page, close } = await open(`${server.url}?tab=history`)
  assert.equal(await page.getByRole('button', { name: 'Compare' }).isDisabled(), true)
  await page.locator('tbody input').nth(0).check()
  await page.locator('tbody input').nth(1).check()
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.locator('.compare-table tbody tr').first().waitFor({ timeout: 20_000 })
  await page.locator('.compare canvas').nth(3).waitFor({ timeout: 20_000 })
  assert.ok(await page.locator('.change.worse').count() > 0, 'a significant change for the worse is marked')
  await page.getByRole('button', { name: 'History' }).click()
  await page.locator('tbody .link').nth(1).click()
  await page.getByText('You are looking at').waitFor()
  await page.getByRole('button', { name: 'Back to the current run' }).click()
  await close()
}))

test('the report opens from a file without network', { skip }, () => withServer({ state: 'stopped', at: 599 }, async server => {
  const folder = mkdtempSync(join(tmpdir(), 'onrush-report-'))
  const file = join(folder, 'report.html')
  writeFileSync(file, server.report())
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 }, locale: 'en-US' })
  const page = await context.newPage()
  const asked = []
  const errors = []
  page.on('request', request => { if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url()) })
  page.on('pageerror', error => errors.push(error.message))
  await page.goto(pathToFileURL(file).href)
  await page.locator('.report-verdict').waitFor()
  assert.match(await page.locator('.report-head').innerText(), /shop\.cs[\s\S]*Failed[\s\S]*1,000 users, 20 started per second/)
  assert.ok(await page.locator('canvas').count() >= 10)
  assert.equal(await page.locator('table.data tfoot').first().locator('td').nth(1).innerText(), 'Aggregated')
  assert.deepEqual([asked, errors], [[], []])
  await context.close()
  rmSync(folder, { recursive: true })
}))

test('names, hosts and texts with markup are shown as text', { skip }, async () => {
  const server = await serve({ state: 'stopped', at: 60 })
  const { page, close } = await open('about:blank')
  const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
  await page.route('**/api/v1/run', async route => {
    const answer = await (await route.fetch()).json()
    answer.run.series[0].name = evil
    answer.run.about.host = evil
    answer.plan.host = evil
    answer.run.failures = [{ scenario: evil, method: 'GET', name: evil, outcome: 'status', message: evil, occurrences: 1, firstSeen: answer.run.takenAt, lastSeen: answer.run.takenAt }]
    answer.findings = [{ id: 'x', severity: 'problem', title: evil, text: evil, evidence: [{ label: evil, value: evil }], fromSeconds: 1, toSeconds: 3, link: 'javascript:window.hit=1' }]
    answer.marks = [{ atSeconds: 3, kind: 'users', text: evil }]
    await route.fulfill({ json: answer })
  })
  for (const tab of ['overview', 'statistics', 'failures', 'findings', 'charts']) {
    await page.goto(`${server.url}?tab=${tab}`)
    await page.locator('#panel > *').first().waitFor()
    assert.equal(await page.evaluate(() => window.hit ?? null), null, tab)
  }
  await page.goto(`${server.url}?tab=findings`)
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0)
  await page.goto(`${server.url}?tab=failures`)
  assert.ok((await page.locator('td.name').first().innerText()).includes('<img'))
  await close()
  await server.close()
})

test('what the page cannot read spoils its own tab and no other', { skip }, () => withServer({ state: 'stopped', at: 60 }, async server => {
  const { page } = await open('about:blank')
  await page.route('**/api/v1/run', async route => {
    const answer = await (await route.fetch()).json()
    answer.run.failures = [null]
    await route.fulfill({ json: answer })
  })
  await page.goto(`${server.url}?tab=failures`)
  assert.match(await page.locator('#panel [role=alert]').innerText(), /This view cannot be drawn[\s\S]*null/)
  await page.keyboard.press('2')
  await page.locator('tbody tr').first().waitFor()
  assert.equal(await page.getByRole('alert').count(), 0)
  await page.context().close()
}))

test('works at 390 pixels: nothing wider than the screen but what scrolls by itself', { skip }, () => withServer({ state: 'running', at: 120 }, async server => {
  const { page, close } = await open(server.url, { viewport: { width: 390, height: 844 } })
  for (const tab of tabs) {
    await page.goto(`${server.url}?tab=${tab}`)
    await page.locator('#panel > *').first().waitFor()
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, `${tab} is wider than the screen`)
  }
  await close()
}))
