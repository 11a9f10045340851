// Times of day, spans, and the way people write them.

/** 00:12, 12:34, 1:02:03: the time since the start of a run. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const two = (n: number) => String(n).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`
}

export function dateTime(instant: string | number | Date, language: string): string {
  return new Date(instant).toLocaleString(language, {
    year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false,
  })
}

export function timeOfDay(instant: string | number | Date): string {
  const date = new Date(instant)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(n => String(n).padStart(2, '0')).join(':')
}

/**
 * A span as people type it, in seconds: "90", "90s", "1m30s", "1h 30m", "1:30". Empty text is null (no end); undefined when it cannot be
 * understood. The same texts as the command's --run-time.
 */
export function parseSpan(text: string): number | null | undefined {
  const plain = text.trim().toLowerCase()
  if (plain === '') return null
  if (/^\d+(\.\d+)?$/.test(plain)) return Number(plain)
  const colons = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(plain)
  if (colons) return Number(colons[1] ?? 0) * 3600 + Number(colons[2]) * 60 + Number(colons[3])
  const parts = /^(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?$/.exec(plain)
  if (!parts || parts.slice(1).every(p => p === undefined)) return undefined
  return Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)
}

/** A span as parseSpan reads it back: 1h30m, 90s as 1m30s. */
export function writeSpan(seconds: number | null): string {
  if (seconds === null) return ''
  const whole = Math.round(seconds)
  const parts = [[Math.floor(whole / 3600), 'h'], [Math.floor((whole % 3600) / 60), 'm'], [whole % 60, 's']] as const
  return parts.filter(([n]) => n > 0).map(([n, unit]) => `${n}${unit}`).join('') || '0s'
}
