import { type RefObject, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

export const rowHeight = 30
const spare = 2
/** Short tables are always there as a whole. */
const few = 60

/** The rows from the first to the one before the end. */
export interface Stretch { readonly first: number; readonly end: number }

/**
 * Which rows of a long table there are: those in sight and a few around them, by how far its box is scrolled; on paper all of them.
 * An opened row takes room of its own and is always there.
 */
export function useRowsInSight(box: RefObject<HTMLElement | null>, count: number, opened: number): Stretch {
  const isLong = count > few
  const [sight, setSight] = useState<Stretch>({ first: 0, end: few })
  const [onPaper, setOnPaper] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element || !isLong) return
    const look = () => {
      const next = inSight(element.scrollTop, element.clientHeight, opened, opened < 0 ? 0 : (element.querySelector<HTMLElement>('tr.detail')?.offsetHeight ?? 0))
      setSight(now => (now.first === next.first && now.end === next.end ? now : next))
    }
    const print = () => flushSync(() => setOnPaper(true))
    const printed = () => setOnPaper(false)
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    addEventListener('beforeprint', print)
    addEventListener('afterprint', printed)
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
      removeEventListener('beforeprint', print)
      removeEventListener('afterprint', printed)
    }
  }, [box, isLong, opened])
  return isLong && !onPaper ? { first: Math.min(sight.first, Math.max(0, count - 1)), end: Math.min(sight.end, count) } : { first: 0, end: count }
}

/** In steps of a few rows, so that not every pixel of scrolling draws anew. */
export function inSight(scrolled: number, height: number, opened: number, detail: number): Stretch {
  const rowAt = (y: number) => Math.floor((y < (opened + 1) * rowHeight || opened < 0 ? y : Math.max((opened + 1) * rowHeight, y - detail)) / rowHeight)
  const first = Math.floor(rowAt(scrolled) / spare) * spare - spare
  const end = Math.ceil((rowAt(scrolled + height) + 1) / spare) * spare + spare
  return { first: Math.max(0, first), end }
}

/** The numbers of the rows there are, and of how many that are not there stand before each. */
export function rowsThere({ first, end }: Stretch, opened: number, count: number): { index: number; missing: number }[] {
  const there = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)
  if (opened >= 0 && opened < first) there.unshift(opened)
  else if (opened >= end && opened < count) there.push(opened)
  return there.map((index, i) => ({ index, missing: index - (i === 0 ? 0 : there[i - 1]! + 1) }))
}
