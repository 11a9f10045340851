import { useMessages } from '../i18n'

/** The key of the heat map: a strip from few to many. */
export function HeatKey() {
  const m = useMessages()
  return (
    <span className="heat-key" title={m.charts.mapNote}>
      {m.charts.scaleFew}<span className="heat-strip" aria-hidden="true" />{m.charts.scaleMany}
    </span>
  )
}
