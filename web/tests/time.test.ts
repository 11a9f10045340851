import { describe, expect, it } from 'vitest'
import { clock, parseSpan, writeSpan } from '../src/format/time'

it('shows the time since the start', () => {
  expect([0, 72.9, 3723].map(clock)).toEqual(['00:00', '01:12', '1:02:03'])
})

describe('spans as people type them', () => {
  it.each([
    ['', null], ['90', 90], ['90s', 90], ['1m30s', 90], ['10m', 600], ['1h20m', 4800], ['1h 20m', 4800], ['1:30', 90], ['1:00:00', 3600], ['0', 0],
    ['soon', undefined], ['10 minutes', undefined], ['-5', undefined], ['1m2h', undefined],
  ])('"%s" is %s', (text, seconds) => expect(parseSpan(text)).toBe(seconds))

  it('reads back what it writes', () => {
    for (const seconds of [1, 59, 60, 90, 3600, 4805]) expect(parseSpan(writeSpan(seconds))).toBe(seconds)
    expect(writeSpan(null)).toBe('')
  })
})
