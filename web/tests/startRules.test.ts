import { describe, expect, it } from 'vitest'
import type { StartForm } from '../src/data/api'
import { en } from '../src/i18n/en'
import { checkStart, decidesItself, expectedRate, firstValues, type StartValues, toRequest } from '../src/shell/startRules'

const form: StartForm = {
  users: 10, spawnRate: 2, host: 'http://127.0.0.1:8080', runTimeSeconds: 90, scenarios: [], shapes: ['Peak'], shape: null, targets: [], averageWaitSeconds: null,
  userClasses: [{ name: 'A', weight: 3, fixedCount: null, host: null, tasks: [] }, { name: 'B', weight: 1, fixedCount: 2, host: null, tasks: [] }],
  options: [
    { name: 'event-id', kind: 'integer', label: 'Event id', help: null, default: 1, choices: [], required: false },
    { name: 'key', kind: 'secret', label: 'Key', help: null, default: null, choices: [], required: true },
  ],
}
const good: StartValues = { ...firstValues(form, null), options: { 'event-id': '7', key: 'x' } }
const check = (change: Partial<StartValues>) => checkStart(form, { ...good, ...change }, en)

it('is filled with what the command line said', () => {
  expect(firstValues(form, null)).toMatchObject({ users: '10', spawnRate: '2', host: 'http://127.0.0.1:8080', runTime: '1m30s', shape: '' })
})

it('takes good values', () => expect(check({})).toEqual({}))

describe('refuses beside the field', () => {
  it.each<[Partial<StartValues>, string, string]>([
    [{ users: '0' }, 'users', en.errors.usersAbove], [{ users: '2.5' }, 'users', en.errors.usersNumber], [{ users: '' }, 'users', en.errors.usersNumber],
    [{ users: '20000000' }, 'users', en.errors.usersMost], [{ spawnRate: '0' }, 'spawnRate', 'Ramp up must be above 0'], [{ spawnRate: 'fast' }, 'spawnRate', en.errors.rateNumber],
    [{ host: 'shop' }, 'host', en.errors.hostShape], [{ host: '' }, 'host', en.errors.hostNeeded], [{ runTime: 'soon' }, 'runTime', en.errors.runTime],
    [{ runTime: '0' }, 'runTime', en.errors.runTimeAbove], [{ options: { 'event-id': '1.5', key: 'x' } }, 'option:event-id', 'Event id must be a whole number'],
    [{ options: { 'event-id': '1', key: '' } }, 'option:key', 'Key is needed'],
    [{ classes: good.classes.map(c => ({ ...c, run: false })) }, 'userClasses', en.errors.classNone],
    [{ classes: good.classes.map(c => ({ ...c, weight: '0' })) }, 'weight:A', en.errors.weight],
    [{ classes: good.classes.map(c => ({ ...c, fixed: 'two' })) }, 'fixed:B', en.errors.fixed],
  ])('%o', (change, field, text) => expect(check(change)[field]).toBe(text))
})

it('leaves users and ramp to a shape', () => {
  expect(decidesItself(form, { ...good, shape: 'Peak' })).toBe(true)
  expect(check({ shape: 'Peak', users: 'none' })).toEqual({})
  expect(toRequest(form, { ...good, shape: 'Peak' })).toMatchObject({ users: null, spawnRate: null, shape: 'Peak' })
})

it('sends classes only when they were changed', () => {
  expect(toRequest(form, good)).toMatchObject({ users: 10, spawnRate: 2, userClasses: null, options: { 'event-id': 7, key: 'x' } })
  expect(toRequest(form, { ...good, classes: good.classes.map(c => ({ ...c, run: c.name === 'B' })) }).userClasses).toEqual([{ name: 'B', weight: 1, fixedCount: 2 }])
})

describe('the expected rate', () => {
  const waits = (a: number | null, b: number | null): StartForm => ({ ...form, userClasses: form.userClasses.map((c, i) => ({ ...c, averageWaitSeconds: i === 0 ? a : b })) })
  it('counts fixed users first and shares the rest', () => {
    expect(expectedRate(waits(2, 0.5), good)).toEqual({ rate: 8 / 2 + 2 / 0.5, waitSeconds: 10 / 8 })
  })
  it('knows only the classes that run', () => {
    const values = { ...good, classes: good.classes.map(c => ({ ...c, run: c.name === 'A' })) }
    expect(expectedRate(waits(2, null), values)).toEqual({ rate: 5, waitSeconds: 2 })
  })
  it('is left out where a wait is unknown or nothing', () => {
    expect(expectedRate(waits(2, null), good)).toBeNull()
    expect(expectedRate(waits(0, 1), good)).toBeNull()
  })
})
