import { expect, it } from 'vitest'
import { preferred } from '../src/i18n'
import { en } from '../src/i18n/en'
import { ko } from '../src/i18n/ko'

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
