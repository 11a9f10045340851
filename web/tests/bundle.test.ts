// Sizes that the build must hold. The build runs before the tests (npm test does both).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const dist = new URL('../dist/', import.meta.url)

describe.skipIf(!existsSync(new URL('report.html', dist)))('what the build leaves', () => {
  const read = (path: string) => readFileSync(new URL(path, dist))

  it('is a page of at most 350 kB compressed', () => {
    const files = ['index.html', ...readdirSync(new URL('assets', dist)).map(name => `assets/${name}`)]
    const size = files.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)
    expect(size).toBeLessThan(350_000)
  })

  it('is a report of less than 400 kB without data', () => expect(read('report.html').length).toBeLessThan(400_000))

  it('has one place for the data of a report and asks nobody for anything', () => {
    const report = read('report.html').toString()
    expect(report.split('__ONRUSH_REPORT_DATA__')).toHaveLength(2)
    expect(report).not.toMatch(/<(script|link|img)[^>]+(src|href)="(?!data:)/)
    const code = /<script id="onrush-code" type="text\/plain">([\w+/=]+)<\/script>/.exec(report)![1]!
    expect(gunzipSync(Buffer.from(code, 'base64')).toString()).toContain('onrush-data')
  })

  it('has nothing inline in the page', () => {
    const page = read('index.html').toString()
    expect(page).not.toMatch(/<style|<script(?![^>]*src=)|style="|onload=/)
    expect(page).not.toMatch(/(src|href)="\//)
  })
})

it('locks packages without naming a registry', () => {
  const lock = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')
  expect(lock).not.toMatch(/"resolved"/)
})
