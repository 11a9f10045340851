// The stretch of time that all charts show. Null: everything there is.
import { useSyncExternalStore } from 'react'

export interface Zoom { from: number; to: number }

let zoom: Zoom | null = null
const listeners = new Set<() => void>()

export function setZoom(next: Zoom | null): void {
  if (next?.from === zoom?.from && next?.to === zoom?.to) return
  zoom = next
  for (const listener of listeners) listener()
}

export function useZoom(): Zoom | null {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => zoom,
  )
}
