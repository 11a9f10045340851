// Numbers as people compare them: at most three significant digits, grouped thousands, a unit. The exact value goes into a title.

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const exactly = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
/** Between a number and its unit: narrow and unbreakable. */
export const thin = '\u202f'
/** What stands where there is no number. */
export const dash = '–'

export function count(value: number): string {
  return grouped.format(value)
}

/** Three significant digits below 1,000, whole numbers above: 0.042, 0.42, 1.24, 12.3, 123, 1,234. */
export function three(value: number): string {
  if (!Number.isFinite(value)) return dash
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size < 0.0005) return `${value < 0 ? '-' : ''}<0.001`
  if (size < 0.0995) return trim(value.toFixed(3))
  if (size < 9.995) return value.toFixed(2)
  if (size < 99.95) return value.toFixed(1)
  return grouped.format(value)
}

function trim(text: string): string {
  return text.replace(/0$/, '')
}

/** A rate per second; whole small rates stay whole: 12 rather than 12.0. */
export function rate(value: number): string {
  return Number.isInteger(value) ? grouped.format(value) : three(value)
}

/** Milliseconds without their unit, for columns that have it in the header. */
export function ms(value: number | null | undefined): string {
  return value === null || value === undefined ? dash : three(value)
}

/** A time with the unit that suits it: 0.42 ms, 12.3 ms, 1.24 s, 2 min 5 s. */
export function time(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return dash
  if (value < 999.5) return `${three(value)}${thin}ms`
  if (value < 59_950) return `${three(value / 1000)}${thin}s`
  const seconds = Math.round(value / 1000)
  return `${Math.floor(seconds / 60)}${thin}min ${seconds % 60}${thin}s`
}

/** A share between 0 and 1. What is not all is never rounded up to all, what is not nothing never down to nothing. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return dash
  const value = share * 100
  if (value === 0) return `0${thin}%`
  if (value < 0.01) return `<0.01${thin}%`
  if (value > 99.9 && value < 100) return `${(Math.floor(value * 100) / 100).toFixed(2)}${thin}%`
  if (value === 100) return `100${thin}%`
  return `${value < 9.995 ? value.toFixed(2) : value.toFixed(1)}${thin}%`
}

/** A percentage that is already one, as 34 %. */
export function wholePercent(value: number): string {
  return `${value > 0 && value < 1 ? '<1' : Math.round(value)}${thin}%`
}

/** A span in seconds as it is said: 0.5 s, 50 s, 2.5 s, 10 min, 1 h 20 min. */
export function span(seconds: number, units: { s: string; min: string; h: string }): string {
  if (seconds < 60 || (seconds < 120 && seconds % 60 !== 0)) return `${Math.round(seconds * 10) / 10}${units.s}`
  const whole = Math.round(seconds)
  const parts = [[Math.floor(whole / 3600), units.h], [Math.floor((whole % 3600) / 60), units.min], [whole % 60, units.s]] as const
  return parts.filter(([n]) => n > 0).map(([n, unit]) => `${n}${unit}`).join(' ')
}

/** Bytes in steps of 1,000. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let size = value
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${unit === 0 ? grouped.format(size) : three(size)}${thin}${units[unit]}`
}

/** Shortened for badges and axes: 999, 1.2k, 34k, 1.2M. */
export function compact(value: number): string {
  const size = Math.abs(value)
  if (size < 1000) return Number.isInteger(value) ? String(value) : three(value)
  const [scaled, unit] = size < 999_500 ? [value / 1e3, 'k'] : size < 999_500_000 ? [value / 1e6, 'M'] : [value / 1e9, 'G']
  return `${Math.abs(scaled) < 9.95 ? scaled.toFixed(1).replace(/\.0$/, '') : Math.round(scaled)}${unit}`
}

export function exact(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? dash : exactly.format(value)
}

/** A change against a base: +12.3 %, -4 %, or a dash where the base is nothing. */
export function change(base: number, now: number): string {
  if (base === now) return `0${thin}%`
  if (base === 0) return dash
  return signed(((now - base) / base) * 100)
}

/** A change that is already in percent, or in another unit: +12 %, −4.1 %. */
export function signed(value: number, unit = '%'): string {
  if (value === 0) return `0${unit && `${thin}${unit}`}`
  const size = Math.abs(value)
  return `${value > 0 ? '+' : '−'}${size < 9.95 ? size.toFixed(1) : grouped.format(size)}${unit && `${thin}${unit}`}`
}
