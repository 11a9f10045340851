// Pictures of every tab in both themes, two widths and two languages under artifacts/screenshots, from a made-up run. Usage: node e2e/screenshots.mjs [part of a name]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { serve } from '../dev/server.mjs'
import { launch } from './browser.mjs'

const only = process.argv[2] ?? ''
const out = fileURLToPath(new URL('../../artifacts/screenshots/', import.meta.url))
mkdirSync(out, { recursive: true })
const tabs = ['overview', 'statistics', 'charts', 'failures', 'exceptions', 'ratio', 'workers', 'logs', 'findings', 'history', 'download']
const browser = await launch()

async function shoot(server, name, { search = '', width = 1440, height = 900, theme = 'light', language = 'en', full = false, act = null, url = null, wait = 500 } = {}) {
  const file = `${name}-${theme}-${width}${language === 'ko' ? '-ko' : ''}`
  if (!file.includes(only)) return
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale: language === 'ko' ? 'ko-KR' : 'en-US', deviceScaleFactor: 1 })
  const page = await context.newPage()
  page.on('pageerror', error => console.log(file, 'ERROR', error.message))
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) console.log(file, message.type(), message.text()) })
  await page.goto(url ?? `${server.url}${search}`)
  await page.waitForTimeout(wait)
  if (act) await act(page)
  await page.screenshot({ path: join(out, `${file}.png`), fullPage: full })
  await context.close()
}

const running = await serve({ state: 'running', at: 402 })
const stopped = await serve({ state: 'stopped', at: 599 })
const ready = await serve({ state: 'ready' })
const more = page => page.click('.more-toggle')
for (const theme of ['light', 'dark'])
  for (const tab of tabs) {
    await shoot(running, `running-${tab}`, { search: `?tab=${tab}`, theme })
    await shoot(running, `running-${tab}`, { search: `?tab=${tab}`, theme, width: 390, height: 844 })
  }
for (const theme of ['light', 'dark']) {
  await shoot(ready, 'ready', { theme })
  await shoot(ready, 'ready-more', { theme, act: more, full: true })
  await shoot(stopped, 'stopped-overview', { theme })
  await shoot(running, 'detail', { theme, search: '?tab=statistics&endpoint=' + encodeURIComponent(JSON.stringify(['coupons', 'POST', 'call coupon'])) })
  await shoot(stopped, 'compare', { theme, search: '?tab=history&compare=20261119-shop-a1..20261120-shop-a0', wait: 1200 })
}
await shoot(ready, 'ready', { width: 390, height: 844 })
await shoot(ready, 'ready-errors', { act: async page => { await page.getByLabel('Number of users').fill('0'); await page.getByLabel('Ramp up').fill('fast'); await page.fill('input[type=url]', 'shop'); await page.click('button[type=submit]') } })
await shoot(running, 'edit', { act: page => page.click('text=Edit') })
await shoot(running, 'stop', { act: page => page.keyboard.press('s') })
await shoot(running, 'hover', { search: '?tab=charts', act: async page => { const box = await page.locator('.plot').first().boundingBox(); await page.mouse.move(box.x + box.width * 0.775, box.y + 90) } })
for (const tab of ['overview', 'statistics', 'charts', 'findings']) await shoot(running, `running-${tab}`, { search: `?tab=${tab}`, language: 'ko' })
await shoot(ready, 'ready-more', { language: 'ko', act: more, full: true })
writeFileSync(join(out, 'report.html'), stopped.report())
for (const theme of ['light', 'dark']) await shoot(null, 'report', { url: pathToFileURL(join(out, 'report.html')).href, theme, full: true, wait: 900 })
await shoot(null, 'report', { url: pathToFileURL(join(out, 'report.html')).href, width: 390, height: 844, full: true, wait: 900 })
await browser.close()
for (const server of [running, stopped, ready]) await server.close()
