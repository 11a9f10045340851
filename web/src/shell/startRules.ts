// What the start form refuses before it asks the server, in words. Pure, so that every rule has its test.
import type { OptionForm, OptionValue, StartForm } from '../data/api'
import type { StartRequest } from '../data/client'
import { parseSpan } from '../format/time'
import type { Messages } from '../i18n/en'

export interface ClassChoice { name: string; run: boolean; weight: string; fixed: string }

export interface StartValues {
  users: string
  spawnRate: string
  host: string
  runTime: string
  target: string
  shape: string
  classes: ClassChoice[]
  options: Record<string, OptionValue>
}

export type FieldErrors = Partial<Record<string, string>>

/** True when the load test decides by itself when users start: a shape or scenarios. */
export function decidesItself(form: StartForm, values: StartValues): boolean {
  return values.shape !== '' || form.scenarios.length > 0
}

/**
 * Tasks per second if the target answered at once, and the wait behind it: what the users of each chosen class can begin. Null when a class does not wait, or
 * nobody can know how long before the run.
 */
export function expectedRate(form: StartForm, values: StartValues): { rate: number; waitSeconds: number } | null {
  const users = Number(values.users)
  const chosen = values.classes.filter(c => c.run)
  const fixed = chosen.filter(c => c.fixed !== '')
  const shared = chosen.filter(c => c.fixed === '')
  const weights = shared.reduce((sum, c) => sum + Number(c.weight || 1), 0)
  const fixedUsers = fixed.reduce((sum, c) => sum + Number(c.fixed), 0)
  let rate = 0
  for (const choice of chosen) {
    const count = choice.fixed !== '' ? Number(choice.fixed) * Math.min(1, users / (fixedUsers || 1)) : (Math.max(0, users - fixedUsers) * Number(choice.weight || 1)) / weights
    const wait = form.userClasses.find(c => c.name === choice.name)?.averageWaitSeconds
    if (!(count > 0)) continue
    if (!wait) return null
    rate += count / wait
  }
  const all = shared.length > 0 ? users : Math.min(users, fixedUsers)
  return rate > 0 ? { rate, waitSeconds: all / rate } : null
}

export function checkStart(form: StartForm, values: StartValues, m: Messages): FieldErrors {
  const errors: FieldErrors = {}
  const e = m.errors
  if (!decidesItself(form, values)) {
    const users = Number(values.users)
    if (values.users.trim() === '' || !Number.isInteger(users)) errors['users'] = e.usersNumber
    else if (users <= 0) errors['users'] = e.usersAbove
    else if (users > 10_000_000) errors['users'] = e.usersMost
    const rate = Number(values.spawnRate)
    if (values.spawnRate.trim() === '' || !Number.isFinite(rate)) errors['spawnRate'] = e.rateNumber
    else if (rate <= 0) errors['spawnRate'] = e.rateAbove
  }
  const host = values.host.trim()
  const chosen = form.userClasses.filter(c => values.classes.find(v => v.name === c.name)?.run)
  if (host !== '' && !/^https?:\/\/[^\s/]/i.test(host)) errors['host'] = e.hostShape
  else if (host === '' && values.target === '' && form.host !== null && chosen.some(c => c.host === null)) errors['host'] = e.hostNeeded
  const span = parseSpan(values.runTime)
  if (span === undefined) errors['runTime'] = e.runTime
  else if (span !== null && span <= 0) errors['runTime'] = e.runTimeAbove
  if (values.classes.length > 0 && !values.classes.some(c => c.run)) errors['userClasses'] = e.classNone
  for (const choice of values.classes) {
    if (!choice.run) continue
    if (choice.weight !== '' && !(Number(choice.weight) > 0)) errors[`weight:${choice.name}`] = e.weight
    if (choice.fixed !== '' && !/^\d+$/.test(choice.fixed.trim())) errors[`fixed:${choice.name}`] = e.fixed
  }
  for (const option of form.options) {
    const error = checkOption(option, values.options[option.name] ?? null, m)
    if (error) errors[`option:${option.name}`] = error
  }
  return errors
}

function checkOption(option: OptionForm, value: OptionValue, m: Messages): string | null {
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  if (empty) return option.required && option.kind !== 'flag' ? m.errors.needed(option.label) : null
  if (option.kind === 'number' && !Number.isFinite(Number(value))) return m.errors.number(option.label)
  if (option.kind === 'integer' && !Number.isInteger(Number(value))) return m.errors.integer(option.label)
  return null
}

export function firstValues(form: StartForm, last: StartRequest | null): StartValues {
  const text = (value: number | null | undefined, otherwise: string) => (value === null || value === undefined ? otherwise : String(value))
  return {
    users: text(last?.users ?? form.users, '1'),
    spawnRate: text(last?.spawnRate ?? form.spawnRate, '1'),
    host: last?.host ?? form.host ?? '',
    runTime: last?.runTime ?? (form.runTimeSeconds === null ? '' : writeRunTime(form.runTimeSeconds)),
    target: last?.target ?? '',
    shape: last ? (last.shape ?? '') : (form.shape ?? ''),
    classes: form.userClasses.map(c => {
      const before = last?.userClasses?.find(u => u.name === c.name)
      return {
        name: c.name,
        run: last?.userClasses ? before !== undefined : true,
        weight: String(before?.weight ?? c.weight),
        fixed: text(before?.fixedCount ?? (c.fixedCount || null), ''),
      }
    }),
    options: Object.fromEntries(form.options.map(o => [o.name, (last?.options[o.name] as OptionValue | undefined) ?? o.value ?? o.default])),
  }
}

function writeRunTime(seconds: number): string {
  const parts = [[Math.floor(seconds / 3600), 'h'], [Math.floor((seconds % 3600) / 60), 'm'], [seconds % 60, 's']] as const
  return parts.filter(([n]) => n > 0).map(([n, unit]) => `${n}${unit}`).join('')
}

export function toRequest(form: StartForm, values: StartValues): StartRequest {
  const itself = decidesItself(form, values)
  const untouched = values.classes.every(c => {
    const declared = form.userClasses.find(d => d.name === c.name)
    return c.run && Number(c.weight || 0) === declared?.weight && (c.fixed === '' ? 0 : Number(c.fixed)) === (declared.fixedCount ?? 0)
  })
  return {
    users: itself ? null : Number(values.users),
    spawnRate: itself ? null : Number(values.spawnRate),
    host: values.host.trim(),
    runTime: values.runTime.trim(),
    userClasses: untouched
      ? null
      : values.classes.filter(c => c.run).map(c => ({ name: c.name, weight: Number(c.weight || 1), fixedCount: c.fixed === '' ? null : Number(c.fixed) })),
    shape: form.shapes.length === 0 ? null : values.shape,
    target: values.target || null,
    options: Object.fromEntries(form.options.map(o => [o.name, typed(o, values.options[o.name] ?? null)])),
  }
}

function typed(option: OptionForm, value: OptionValue): OptionValue {
  if ((option.kind === 'number' || option.kind === 'integer') && typeof value === 'string') return value.trim() === '' ? null : Number(value)
  return value
}
