import { memo } from 'react'

const width = 72
const height = 18
/** Of its own measure so much make a pixel: whole numbers are quickly written. */
const fine = 10

/** The last minute of a series without axes; its words are in the cells beside it. */
export const Sparkline = memo(function Sparkline({ values }: { values: readonly number[] }) {
  const points = values.slice(-60)
  let most = 0
  for (const value of points) if (value > most) most = value
  if (points.length < 2 || most === 0) return <svg className="spark" width={width} height={height} aria-hidden="true" />
  const step = (width * fine) / 59
  const start = width * fine - (points.length - 1) * step
  const low = (height - 1.5) * fine
  const high = ((height - 3) * fine) / most
  let line = ''
  points.forEach((value, i) => { line += `${Math.round(start + i * step)},${Math.round(low - value * high)} ` })
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width * fine} ${height * fine}`} aria-hidden="true">
      <polyline points={line} />
    </svg>
  )
})
