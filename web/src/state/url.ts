// The tab and its filters live in the address, so that a view can be sent to somebody and the back button works.
import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let held = ''
// A report opened from disk has no history of its own to write to everywhere; then the values are held here.
let writable = true

function current(): string {
  return writable ? location.search : held
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('popstate', listener)
  }
}

export function writeUrl(values: Readonly<Record<string, string | null>>, push = false): void {
  const parameters = new URLSearchParams(current())
  for (const [key, value] of Object.entries(values)) {
    if (value === null || value === '') parameters.delete(key)
    else parameters.set(key, value)
  }
  const text = parameters.toString()
  const search = text === '' ? '' : `?${text}`
  if (search === current()) return
  try {
    history[push ? 'pushState' : 'replaceState'](null, '', `${location.pathname}${search}${location.hash}`)
  } catch {
    writable = false
    held = search
  }
  for (const listener of listeners) listener()
}

/** One value of the address and how to change it. */
export function useUrl(key: string, otherwise = ''): [string, (value: string | null) => void] {
  const search = useSyncExternalStore(subscribe, current)
  const value = new URLSearchParams(search).get(key) ?? otherwise
  const set = useCallback((next: string | null) => writeUrl({ [key]: next === otherwise ? null : next }), [key, otherwise])
  return [value, set]
}
