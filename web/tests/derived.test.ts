import { expect, it } from 'vitest'
import { Ever } from '../src/data/derived'

it('remembers whether a column was ever above 0, and forgets what is told anew', () => {
  const column = [0, null, 0, 2, 0]
  const ever = new Ever()
  expect(ever.isIn(column.slice(0, 3))).toBe(false)
  expect(ever.isIn(column)).toBe(true)
  ever.cut(4)
  expect(ever.isIn(column)).toBe(true)
  ever.cut(3)
  expect(ever.isIn([0, null, 0, 0, 0])).toBe(false)
  expect(ever.isIn([0, null, 0, 0, 0, 1])).toBe(true)
})
