import { type RefObject, useCallback, useEffect, useState } from 'react'

const rowHeight = 30
const spare = 12
/** Short tables are always drawn as a whole. */
const few = 60

/**
 * Which rows of a table are in sight, from how far its box is scrolled. Rows out of sight stay in the document, so that searching and
 * printing find them, but they are not drawn again each second.
 */
export function useRowsInSight(box: RefObject<HTMLElement | null>, count: number): (index: number) => boolean {
  const [range, setRange] = useState<readonly [number, number]>([0, Infinity])
  useEffect(() => {
    const element = box.current
    if (!element || count <= few) {
      setRange([0, Infinity])
      return
    }
    const look = () => {
      const first = Math.floor(element.scrollTop / rowHeight / spare) * spare
      const seen = Math.ceil(element.clientHeight / rowHeight)
      setRange(now => (now[0] === first - spare && now[1] === first + seen + 2 * spare ? now : [first - spare, first + seen + 2 * spare]))
    }
    const all = () => setRange([0, Infinity])
    look()
    element.addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    addEventListener('beforeprint', all)
    addEventListener('afterprint', look)
    return () => {
      element.removeEventListener('scroll', look)
      removeEventListener('resize', look)
      removeEventListener('beforeprint', all)
      removeEventListener('afterprint', look)
    }
  }, [box, count])
  return useCallback((index: number) => index >= range[0] && index <= range[1], [range])
}
