import { useMemo } from 'react'
import type { FailureDocument } from '../data/run'
import { seriesKey } from '../data/model'
import { count, percent } from '../format/numbers'
import { dateTime, timeOfDay } from '../format/time'
import { useSpeech } from '../i18n'
import { useUrl } from '../state/url'
import { type Column, DataTable, readSorting, writeSorting } from '../tables/DataTable'
import { failed } from '../tables/statisticsColumns'
import { Empty, FilterField } from '../ui/controls'
import type { ViewProps } from './ViewProps'

export function Failures({ view, live, report = false }: ViewProps) {
  const { messages: m, language } = useSpeech()
  const [filter, setFilter] = useUrl('filter')
  const [sort, setSort] = useUrl('failsort', 'count-down')
  const requests = useMemo(() => new Map(view.run.series.map(row => [seriesKey(row), row.requests])), [view.run.series])
  const f = m.failures
  const columns = useMemo<Column<FailureDocument>[]>(() => [
    { key: 'count', label: f.count, value: row => row.occurrences, cell: row => failed(row.occurrences, count(row.occurrences)) },
    { key: 'share', label: f.share, value: row => row.occurrences / (requests.get(seriesKey(row)) || Infinity), cell: row => <span className="muted">{percent(row.occurrences / (requests.get(seriesKey(row)) || Infinity))}</span> },
    { key: 'method', label: f.method, text: true, value: row => row.method, cell: row => <span className="method">{row.method}</span> },
    { key: 'name', label: f.name, text: true, className: 'name', value: row => row.name, cell: row => row.name, title: row => row.name },
    { key: 'stage', label: f.stage, text: true, value: row => row.outcome, cell: row => <span className="tag">{m.outcome[row.outcome]}</span> },
    { key: 'message', label: f.message, text: true, className: 'message', value: row => row.message, cell: row => row.message, title: row => row.message },
    { key: 'first', label: f.first, value: row => row.firstSeen, cell: row => timeOfDay(row.firstSeen), title: row => dateTime(row.firstSeen, language) },
    { key: 'last', label: f.last, value: row => row.lastSeen, cell: row => timeOfDay(row.lastSeen), title: row => dateTime(row.lastSeen, language) },
  ], [m, f, language, requests])
  const rows = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    return view.run.failures.filter(row => words.every(word => `${row.method} ${row.name} ${row.message} ${row.outcome}`.toLowerCase().includes(word)))
  }, [view.run.failures, filter])
  if (view.run.failures.length === 0) return <Empty title={live ? f.none : f.noneAtAll} good />
  return (
    <div className="failures">
      {!report && <div className="toolbar no-print"><FilterField value={filter} onChange={setFilter} hint={m.table.filterHint} /></div>}
      <DataTable label={m.tabs.failures} columns={columns} rows={rows} rowKey={row => seriesKey(row) + row.outcome + row.message}
        sorting={readSorting(sort, { key: 'count', down: true })} onSort={next => setSort(writeSorting(next))} />
    </div>
  )
}
