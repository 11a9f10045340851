// Pictures of every tab in both themes, two widths and two languages under artifacts/screenshots, and those of the README under docs/images. From a made-up
// run, or with --real from a run of the command (as it was built) against a target of the tests. Usage: node e2e/screenshots.mjs [--real] [part of a name]
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { serve } from '../dev/server.mjs'
import { launch } from './browser.mjs'
import { missing, samples, startCommand, startTarget } from './command.mjs'

const words = process.argv.slice(2).filter(word => word !== '--real')
const isReal = process.argv.includes('--real')
const only = words[0] ?? ''
const root = fileURLToPath(new URL('../../', import.meta.url))
const out = join(root, 'artifacts/screenshots/')
mkdirSync(out, { recursive: true })
const tabs = ['overview', 'statistics', 'charts', 'failures', 'exceptions', 'ratio', 'workers', 'logs', 'findings', 'history', 'download']
const looks = ['light', 'dark'].flatMap(theme => ['en', 'ko'].map(language => ({ theme, language })))
const phone = { width: 390, height: 844 }
const browser = await launch()
if (!koreanFont()) console.log('No Korean font is installed (Debian package fonts-nanum): Korean texts will be boxes.')

function koreanFont() {
  try {
    return execFileSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' }).trim() !== ''
  } catch {
    return true
  }
}

async function shoot(server, name, { search = '', width = 1280, height = 800, theme = 'light', language = 'en', full = false, act = null, url = null, wait = 500 } = {}) {
  const file = `${name}-${theme}-${width}${language === 'ko' ? '-ko' : ''}`
  if (!file.includes(only)) return
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale: language === 'ko' ? 'ko-KR' : 'en-US', deviceScaleFactor: 1 })
  const page = await context.newPage()
  page.on('pageerror', error => console.log(file, 'ERROR', error.message))
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) console.log(file, message.type(), message.text()) })
  await page.goto(url ?? `${server.url}${search}`)
  await page.locator('#panel > *, .report-verdict').first().waitFor()
  await page.waitForTimeout(wait)
  if (act) await act(page)
  await page.screenshot({ path: join(out, `${file}.png`), fullPage: full })
  await context.close()
}

async function everyTab(server, name) {
  for (const look of looks)
    for (const tab of tabs) {
      await shoot(server, `${name}-${tab}`, { search: `?tab=${tab}`, ...look })
      await shoot(server, `${name}-${tab}`, { search: `?tab=${tab}`, ...look, ...phone })
    }
}

async function made() {
  // Time stands still, so that every picture shows the same second.
  const tick = 3_600_000
  const running = await serve({ state: 'running', at: 402, tick })
  const stopped = await serve({ state: 'stopped', at: 599 })
  const ready = await serve({ state: 'ready' })
  const planned = await serve({ state: 'running', at: 402, scenarios: true, outputs: true, tick })
  // A slow ramp, so that there is a range of loads.
  const capacity = await serve({ state: 'stopped', at: 599, arrivals: false, spawnRate: 2.5 })
  const none = await serve({ state: 'stopped', at: 3, noRuns: true })
  const more = page => page.click('.more-toggle')
  const coupon = encodeURIComponent(JSON.stringify(['coupons', 'POST', 'call coupon']))
  await everyTab(running, 'running')
  for (const look of looks) {
    await shoot(ready, 'ready', look)
    await shoot(ready, 'ready-more', { ...look, act: more, full: true })
    await shoot(stopped, 'stopped-overview', look)
    await shoot(running, 'detail', { ...look, search: `?tab=statistics&endpoint=${coupon}` })
    await shoot(stopped, 'compare', { ...look, search: '?tab=history&compare=20261119-shop-a1..20261120-shop-a0', wait: 1200 })
    for (const tab of ['overview', 'outputs']) await shoot(planned, `planned-${tab}`, { ...look, search: `?tab=${tab}`, width: 1440, height: 900 })
    await shoot(capacity, 'capacity', { ...look, search: '?tab=charts', full: true })
    await shoot(planned, 'edit-scenarios', { ...look, act: page => page.keyboard.press('e') })
  }
  await shoot(ready, 'ready', phone)
  await shoot(ready, 'ready-more', { ...phone, act: more, full: true })
  await shoot(running, 'detail', { ...phone, search: `?tab=statistics&endpoint=${coupon}`, full: true })
  await shoot(stopped, 'compare', { ...phone, search: '?tab=history&compare=20261119-shop-a1..20261120-shop-a0', wait: 1200 })
  await shoot(ready, 'ready-errors', { act: async page => { await page.getByLabel('Number of users').fill('0'); await page.getByLabel('Ramp up').fill('fast'); await page.fill('input[type=url]', 'shop'); await page.click('button[type=submit]') } })
  await shoot(running, 'edit', { act: page => page.keyboard.press('e') })
  await shoot(running, 'stop', { act: page => page.keyboard.press('s') })
  await shoot(running, 'keys', { act: page => page.keyboard.press('?') })
  await shoot(running, 'hover', { search: '?tab=charts', act: async page => { const box = await page.locator('.u-over').first().boundingBox(); await page.mouse.move(box.x + box.width * (307 / 402), box.y + 90) } })
  await shoot(running, 'lines', { search: '?tab=charts&lines=50,90,95,99,99.9,max', act: page => page.getByTitle('Lines').click() })
  for (const tab of ['failures', 'exceptions', 'findings', 'history']) await shoot(none, `empty-${tab}`, { search: `?tab=${tab}` })
  writeFileSync(join(out, 'report.html'), stopped.report())
  const report = pathToFileURL(join(out, 'report.html')).href
  for (const look of looks) await shoot(null, 'report', { url: report, ...look, full: true, wait: 900 })
  await shoot(null, 'report', { url: report, ...phone, full: true, wait: 900 })
  for (const theme of ['light', 'dark']) {
    await shoot(running, 'readme', { theme, width: 1440, height: 900 })
    if (`readme-${theme}-1440`.includes(only)) copyFileSync(join(out, `readme-${theme}-1440.png`), join(root, `docs/images/page${theme === 'dark' ? '-dark' : ''}.png`))
  }
  for (const server of [running, stopped, ready, planned, capacity, none]) await server.close()
}

/** The sample of a shop, run by the command for half a minute. */
async function real() {
  if (missing) throw new Error(missing)
  const target = startTarget()
  const host = (await target.url).replace(/\/$/, '')
  const command = startCommand(host, 0, ['-u', '40', '-r', '4', '--autostart', '--watch', `process=${target.pid}&name=target&period=1s`], join(samples, 'coupon.cs'))
  try {
    const url = await command.url
    await new Promise(resolve => setTimeout(resolve, 30_000))
    await everyTab({ url }, 'real')
    await fetch(`${url}api/v1/stop`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"wait":true}' })
    for (const tab of ['overview', 'history', 'download']) await shoot({ url }, `real-stopped-${tab}`, { search: `?tab=${tab}` })
  } finally {
    await command.stop()
    await target.stop('SIGTERM')
    rmSync(command.folder, { recursive: true, force: true })
  }
}

try {
  await (isReal ? real() : made())
} finally {
  await browser.close()
}
