import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { preferred } from '../src/i18n'
import { en } from '../src/i18n/en'
import { labels, texts } from '../src/i18n/findings.ko'
import { ko } from '../src/i18n/ko'
import { findingTitle } from '../src/i18n/names'

function leaves(value: object, path = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'object' && inner !== null ? leaves(inner, `${path}${key}.`) : [[`${path}${key}`, inner] as [string, unknown]]))
}

it('has every text in both languages', () => {
  expect(leaves(ko).map(([path]) => path).sort()).toEqual(leaves(en).map(([path]) => path).sort())
  for (const [path, text] of [...leaves(en), ...leaves(ko)]) expect(text, path).not.toBe('')
})

it('takes the language of the browser unless one was chosen', () => {
  expect(preferred(null, ['de-DE', 'ko-KR', 'en'])).toBe('ko')
  expect(preferred(null, ['fr'])).toBe('en')
  expect(preferred('en', ['ko'])).toBe('en')
})

const analysis = new URL('../../src/Onrush.Runs/Analysis/', import.meta.url)
const found = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(match => match[1]!)

it('has every kind of finding in Korean', () => {
  const kinds = found(readFileSync(new URL('FindingKind.cs', analysis), 'utf8'), /"([a-z-]+)"/g)
  expect(kinds.length).toBeGreaterThan(20)
  for (const id of kinds) {
    expect(texts[id], id).toMatch(/[가-힣]/)
    expect(findingTitle({ id, title: '' }, 'ko'), id).not.toBe('')
  }
})

it('has every label of a figure in Korean', () => {
  const files = readdirSync(new URL('Kinds/', analysis)).map(name => readFileSync(new URL(`Kinds/${name}`, analysis), 'utf8'))
  const written = files.flatMap(file => found(file, /new(?: FindingEvidence)?\("([^"{]+)", /g))
  expect(written.length).toBeGreaterThan(40)
  for (const label of written) expect(labels[label], label).toBeTruthy()
})
