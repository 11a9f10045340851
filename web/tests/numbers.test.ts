import { describe, expect, it } from 'vitest'
import { bytes, change, compact, count, ms, percent, rate, span, three, time } from '../src/format/numbers'
import { en } from '../src/i18n/en'
import { ko } from '../src/i18n/ko'

const plain = (text: string) => text.replaceAll('\u202f', ' ')

describe('three significant digits', () => {
  it.each([
    [0, '0'], [0.0001, '<0.001'], [0.0421, '0.042'], [0.42, '0.42'], [1.239, '1.24'], [9.994, '9.99'], [9.996, '10.0'], [12.34, '12.3'], [99.96, '100'],
    [123.4, '123'], [1234.4, '1,234'], [Number.NaN, '–'],
  ])('%d is %s', (value, text) => expect(three(value)).toBe(text))
})

describe('times take the unit that suits them', () => {
  it.each([
    [0.42, '0.42 ms'], [12.3, '12.3 ms'], [999.4, '999 ms'], [999.6, '1.00 s'], [1240, '1.24 s'], [59_900, '59.9 s'], [125_000, '2 min 5 s'], [null, '–'],
  ])('%s is %s', (value, text) => expect(plain(time(value))).toBe(text))
})

describe('shares', () => {
  it.each([
    [0, '0 %'], [0.00002, '<0.01 %'], [0.0002, '0.02 %'], [0.0123, '1.23 %'], [0.123, '12.3 %'], [1, '100 %'], [null, '–'],
  ])('%s is %s', (value, text) => expect(plain(percent(value))).toBe(text))

  it('never rounds what is not all up to all', () => expect(plain(percent(0.99999))).toBe('99.99 %'))
})

it('groups counts and rates', () => {
  expect(count(1234567)).toBe('1,234,567')
  expect(rate(1234.4)).toBe('1,234')
  expect(rate(12)).toBe('12')
  expect(rate(12.25)).toBe('12.3')
  expect(ms(undefined)).toBe('–')
})

it('shortens for badges and axes', () => {
  expect([0, 999, 1000, 1234, 34_567, 999_700, 1_234_567].map(compact)).toEqual(['0', '999', '1k', '1.2k', '35k', '1M', '1.2M'])
})

it('counts bytes in thousands', () => {
  expect([0, 999, 1000, 84_210, 2_500_000].map(v => plain(bytes(v)))).toEqual(['0 B', '999 B', '1.00 kB', '84.2 kB', '2.50 MB'])
})

it('writes changes with their sign', () => {
  expect([change(100, 112.3), change(100, 96), change(0, 3), change(5, 5)].map(plain)).toEqual(['+12 %', '−4.0 %', '–', '0 %'])
})

it('says spans in each language', () => {
  expect([0.5, 50, 90, 600, 4800].map(s => plain(span(s, en.units)))).toEqual(['0.5 s', '50 s', '90 s', '10 min', '1 h 20 min'])
  expect([50, 600].map(s => span(s, ko.units))).toEqual(['50초', '10분'])
})
