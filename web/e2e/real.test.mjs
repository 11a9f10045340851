// The page served by the real command, with a real run against a real target.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { executable, launch } from './browser.mjs'
import { missing, startCommand, startTarget } from './command.mjs'

const skip = executable ? missing : 'Chromium is not installed (Debian package chromium)'
const patience = 30_000
let browser
let target
let host
before(async () => {
  if (skip) return
  browser = await launch()
  target = startTarget()
  host = (await target.url).replace(/\/$/, '')
})
after(async () => {
  await browser?.close()
  await target?.stop('SIGTERM')
})

const until = (page, text) => page.waitForFunction(wanted => document.querySelector('.pill')?.textContent?.includes(wanted), text, { timeout: patience })

async function open(t, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options })
  t.after(() => context.close())
  const page = await context.newPage()
  const errors = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => { if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text())) errors.push(message.text()) })
  await page.goto(url)
  return { page, errors }
}

async function run(t, more) {
  const command = startCommand(host, 0, more)
  t.after(async () => {
    await command.stop()
    rmSync(command.folder, { recursive: true, force: true })
  })
  return { command, url: await command.url }
}

test('a run is started, changed, stopped and started again, and its numbers are the same everywhere', { skip, timeout: 240_000 }, async t => {
  const { url } = await run(t)
  const { page, errors } = await open(t, url)
  await page.getByLabel('Number of users').fill('5')
  await page.getByLabel('Ramp up').fill('5')
  assert.equal(await page.getByLabel('Host').inputValue(), host)
  await page.getByLabel('Host').press('Enter')
  await until(page, 'Running')
  await page.keyboard.press('e')
  await page.getByRole('dialog').getByLabel('Users', { exact: true }).fill('12')
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click()
  await page.waitForFunction(() => document.querySelector('.figure dd')?.textContent === '12', null, { timeout: patience })
  await page.locator('#tab-statistics').click()
  await page.locator('tbody tr').nth(2).waitFor({ timeout: patience })
  await page.keyboard.press('s')
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the test' }).click()
  await until(page, 'Stopped')

  const shown = await page.evaluate(() => [...document.querySelectorAll('table.data tbody tr, table.data tfoot tr')].map(row => {
    const cells = [...row.querySelectorAll('td')].map(cell => cell.innerText.trim())
    const at = name => [...document.querySelectorAll('table.data th')].findIndex(head => head.innerText.trim().startsWith(name))
    return { name: cells[at('Name')], requests: Number(cells[at('# Requests')].replaceAll(',', '')) }
  }))
  const locust = await (await fetch(`${url}stats/requests`)).json()
  const csv = (await (await fetch(`${url}stats/requests/csv`)).text()).trim().split('\r\n').slice(1).map(line => line.split(','))
  const total = shown.find(row => row.name === 'Aggregated')
  assert.ok(total.requests > 5, 'there were requests')
  for (const row of shown) {
    assert.equal(locust.stats.find(stat => stat.name === row.name)?.num_requests, row.requests, `${row.name} in /stats/requests`)
    assert.equal(Number(csv.find(line => line[1].replaceAll('"', '') === row.name)?.[2]), row.requests, `${row.name} in the CSV`)
  }

  const report = await (await fetch(`${url}api/v1/download/report.html`)).text()
  const data = JSON.parse(/<script id="onrush-data"[^>]*>([\s\S]*?)<\/script>/.exec(report)[1])
  assert.equal(data.run.aggregated.requests, total.requests, 'the report has the same total')

  await page.getByRole('button', { name: 'Start again' }).click()
  assert.equal(await page.getByRole('dialog').getByLabel('Number of users').inputValue(), '5')
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await until(page, 'Running')
  await page.locator('#tab-history').click()
  await page.locator('tbody tr').first().waitFor({ timeout: patience })
  assert.deepEqual(errors, [])
})

test('the processor of the target is drawn beside the run and stands in the report', { skip, timeout: 120_000 }, async t => {
  const watch = `process=${target.pid}&name=target&period=1s`
  const { url } = await run(t, ['--users', '5', '--spawn-rate', '5', '--run-time', '5s', '--autostart', '--watch', watch])
  const { page, errors } = await open(t, `${url}?tab=charts`)
  for (const name of ['target CPU', 'target memory', 'target threads']) await page.locator(`section.chart[aria-label="Target: ${name}"] canvas`).waitFor({ timeout: patience })
  await until(page, 'Stopped')
  const { targets } = await (await fetch(`${url}api/v1/targets`)).json()
  assert.deepEqual(targets.map(row => [row.name, row.unit]).sort(), [['target CPU', '%'], ['target memory', 'bytes'], ['target threads', '']])
  assert.ok(targets.every(row => row.values.length >= 3 && row.values.every(value => value >= 0)), JSON.stringify(targets))
  await page.goto(`${url}api/v1/download/report.html`)
  await page.locator('section.chart[aria-label="Target: target CPU"]').waitFor({ timeout: patience })
  assert.deepEqual(errors, [])
})

test('what the server refuses stands beside its field', { skip, timeout: 120_000 }, async t => {
  const { url } = await run(t)
  const { page, errors } = await open(t, url)
  await page.getByRole('button', { name: /More/ }).click()
  await page.getByLabel('Event id').fill('0')
  await page.getByRole('button', { name: 'Start' }).click()
  await page.locator('.field', { hasText: 'Event id' }).locator('.field-error').waitFor({ timeout: patience })
  await page.getByLabel('Event id').fill('2')
  await page.getByRole('button', { name: 'Start' }).click()
  await until(page, 'Running')
  assert.deepEqual(errors, [])
})

test('every tab of a real run, in both languages', { skip, timeout: 180_000 }, async t => {
  const { url } = await run(t, ['--users', '8', '--spawn-rate', '8', '--autostart'])
  for (const locale of ['en-US', 'ko-KR']) {
    const { page, errors } = await open(t, url, { locale })
    await page.locator('.pill.running').waitFor({ timeout: patience })
    for (const tab of ['overview', 'statistics', 'charts', 'failures', 'exceptions', 'ratio', 'workers', 'logs', 'findings', 'history', 'download']) {
      await page.locator(`#tab-${tab}`).click()
      await page.locator('#panel > *').first().waitFor({ timeout: patience })
    }
    await page.locator('#tab-charts').click()
    await page.locator('canvas').nth(5).waitFor({ timeout: patience })
    assert.deepEqual(errors, [], locale)
  }
})

test('the downloaded report opens from disk without network', { skip, timeout: 120_000 }, async t => {
  const { command, url } = await run(t, ['--users', '5', '--spawn-rate', '5', '--run-time', '4s', '--autostart'])
  const { page } = await open(t, `${url}?tab=download`)
  await until(page, 'Stopped')
  await page.locator('#tab-overview').click()
  await page.locator('#tab-download').click()
  const waiting = page.waitForEvent('download')
  await page.locator('a.download').first().click()
  const file = join(command.folder, 'report.html')
  await (await waiting).saveAs(file)
  const context = await browser.newContext({ offline: true, locale: 'en-US' })
  t.after(() => context.close())
  const reader = await context.newPage()
  const errors = []
  reader.on('pageerror', error => errors.push(error.message))
  await reader.goto(pathToFileURL(file).href)
  await reader.locator('.report-verdict').waitFor({ timeout: patience })
  await reader.locator('canvas').nth(3).waitFor({ timeout: patience })
  assert.match(await reader.locator('.facts').innerText(), new RegExp(host.replaceAll('.', '\\.')))
  assert.deepEqual(errors, [])
})

test('the page goes on when the command was started anew on the same port', { skip, timeout: 180_000 }, async t => {
  const first = startCommand(host, 0, ['--users', '4', '--spawn-rate', '4', '--autostart'])
  const url = await first.url
  const { page } = await open(t, url)
  await until(page, 'Running')
  await first.stop()
  await page.getByRole('alert').filter({ hasText: 'No connection' }).waitFor({ timeout: patience })
  const second = startCommand(host, Number(new URL(url).port), ['--users', '6', '--spawn-rate', '6', '--autostart'])
  t.after(async () => {
    await second.stop()
    for (const command of [first, second]) rmSync(command.folder, { recursive: true, force: true })
  })
  await second.url
  await page.waitForFunction(() => document.querySelector('.figure dd')?.textContent === '6', null, { timeout: 60_000 })
  assert.equal(await page.getByRole('alert').count(), 0)
})

test('a token is asked for where one was given', { skip, timeout: 120_000 }, async t => {
  const { url } = await run(t, ['--web-token', 'a-long-enough-token-for-this'])
  const { page } = await open(t, url)
  await page.getByLabel('Token').fill('wrong')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.locator('.field-error').waitFor({ timeout: patience })
  await page.getByLabel('Token').fill('a-long-enough-token-for-this')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByLabel('Number of users').waitFor({ timeout: patience })
})

test('a name with markup is shown as text by the real server and its report', { skip, timeout: 120_000 }, async t => {
  const source = `using Onrush;
public sealed class EvilUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Constant(0.2);
    [Task] public async Task Go() => await Client.GetAsync("/", name: "</script><img src=x onerror=window.hit=1>");
}`
  const folder = mkdtempSync(join(tmpdir(), 'onrush-e2e-'))
  writeFileSync(join(folder, 'evil.cs'), source)
  const evil = startCommand(host, 0, ['--users', '2', '--spawn-rate', '2', '--run-time', '3s', '--autostart'], join(folder, 'evil.cs'))
  t.after(async () => {
    await evil.stop()
    for (const made of [folder, evil.folder]) rmSync(made, { recursive: true, force: true })
  })
  const url = await evil.url
  const { page, errors } = await open(t, `${url}?tab=statistics`)
  await until(page, 'Stopped')
  await page.getByText('</script><img').first().waitFor({ timeout: patience })
  await page.goto(`${url}api/v1/download/report.html`)
  await page.locator('.report-verdict').waitFor({ timeout: patience })
  await page.getByText('</script><img').first().waitFor({ timeout: patience })
  assert.equal(await page.evaluate(() => window.hit ?? null), null)
  assert.deepEqual(errors, [])
})
