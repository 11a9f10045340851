import { useMemo } from 'react'
import type { ExceptionDocument } from '../data/run'
import { count } from '../format/numbers'
import { dateTime, timeOfDay } from '../format/time'
import { useSpeech } from '../i18n'
import { useUrl } from '../state/url'
import { type Column, DataTable, readSorting, writeSorting } from '../tables/DataTable'
import { failed } from '../tables/statisticsColumns'
import { Empty } from '../ui/controls'
import type { ViewProps } from './ViewProps'

export function Exceptions({ view, live, report = false }: ViewProps) {
  const { messages: m, language } = useSpeech()
  const [sort, setSort] = useUrl('exceptionsort', 'count-down')
  const e = m.exceptions
  const columns = useMemo<Column<ExceptionDocument>[]>(() => [
    { key: 'count', label: e.count, value: row => row.count, cell: row => failed(row.count, count(row.count)) },
    { key: 'type', label: e.type, text: true, className: 'name', value: row => row.type, cell: row => row.type.split('.').at(-1), title: row => row.type },
    { key: 'message', label: e.message, text: true, className: 'message', value: row => row.message, cell: row => row.message, title: row => row.message },
    { key: 'where', label: e.where, text: true, value: row => `${row.userClass}.${row.task}`, cell: row => `${row.userClass}.${row.task}` },
    { key: 'workers', label: e.workers, text: true, value: row => row.workers.join(), cell: row => <span className="muted">{row.workers.join(', ')}</span> },
    { key: 'first', label: e.first, value: row => row.firstSeen, cell: row => timeOfDay(row.firstSeen), title: row => dateTime(row.firstSeen, language) },
    { key: 'last', label: e.last, value: row => row.lastSeen, cell: row => timeOfDay(row.lastSeen), title: row => dateTime(row.lastSeen, language) },
  ], [e, language])
  if (view.run.exceptions.length === 0) return <Empty title={live ? e.none : e.noneAtAll} good />
  return (
    <>
      <DataTable label={m.tabs.exceptions} columns={columns} rows={view.run.exceptions} rowKey={row => `${row.userClass} ${row.task} ${row.type} ${row.message}`}
        sorting={readSorting(sort, { key: 'count', down: true })} onSort={next => setSort(writeSorting(next))}
        detail={row => <pre className="trace">{row.stackTrace}</pre>} />
      {report && view.run.exceptions.map(row => <pre key={row.type + row.message + row.task} className="trace print-only">{row.stackTrace}</pre>)}
    </>
  )
}
