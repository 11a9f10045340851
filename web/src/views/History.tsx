import { useEffect, useMemo, useState } from 'react'
import type { RunEntry } from '../data/api'
import { client } from '../data/client'
import { count, percent, rate, time } from '../format/numbers'
import { clock, dateTime } from '../format/time'
import { useSpeech } from '../i18n'
import { useUrl, writeUrl } from '../state/url'
import { type Column, DataTable, readSorting, writeSorting } from '../tables/DataTable'
import { Empty, FilterField } from '../ui/controls'
import { Icon } from '../ui/Icon'
import { Compare } from './Compare'

/** The runs that were kept: open one, or choose two to compare. */
export function History({ phase }: { phase: string }) {
  const { messages: m, language } = useSpeech()
  const [runs, setRuns] = useState<readonly RunEntry[] | null>(null)
  const [filter, setFilter] = useUrl('filter')
  const [sort, setSort] = useUrl('historysort', 'date-down')
  const [chosen, setChosen] = useUrl('chosen')
  const [compare] = useUrl('compare')
  const picked = useMemo(() => chosen.split(',').filter(Boolean), [chosen])
  useEffect(() => {
    let gone = false
    client.runs().then(answer => { if (!gone) setRuns(answer.runs) }).catch(() => { if (!gone) setRuns([]) })
    return () => { gone = true }
  }, [phase])
  const h = m.history
  const columns = useMemo<Column<RunEntry>[]>(() => [
    {
      key: 'pick', label: '', text: true, className: 'pick', width: '36px',
      cell: row => (
        <input type="checkbox" aria-label={h.select(row.name)} checked={picked.includes(row.id)}
          onChange={() => setChosen((picked.includes(row.id) ? picked.filter(id => id !== row.id) : [...picked, row.id].slice(-2)).join(','))} />
      ),
    },
    { key: 'date', label: h.date, text: true, value: row => row.startTime, cell: row => <button type="button" className="link" onClick={() => writeUrl({ run: row.id, tab: 'overview' }, true)}>{row.startTime ? dateTime(row.startTime, language) : row.name}</button>, title: row => row.id },
    { key: 'loadTest', label: h.loadTest, text: true, className: 'name', value: row => row.loadTest, cell: row => row.loadTest },
    { key: 'host', label: h.host, text: true, className: 'name', value: row => row.host ?? '', cell: row => row.host ?? '–' },
    { key: 'users', label: h.users, value: row => row.users, cell: row => count(row.users) },
    { key: 'duration', label: h.duration, value: row => row.runTimeSeconds, cell: row => clock(row.runTimeSeconds) },
    { key: 'rps', label: h.rps, value: row => row.rps, cell: row => rate(row.rps) },
    { key: 'p95', label: h.p95, value: row => row.p95Ms, cell: row => time(row.p95Ms) },
    { key: 'failures', label: h.failures, value: row => row.failureRatio, cell: row => <span className={row.failureRatio > 0 ? 'fail-figure' : 'quiet-dash'}>{row.failureRatio > 0 ? percent(row.failureRatio) : '–'}</span> },
    {
      key: 'verdict', label: h.verdict, text: true, value: row => row.verdict ?? 'none',
      cell: row => row.verdict === 'passed' ? <span className="verdict passed"><Icon name="check" size={12} /> {m.thresholds.verdictPassed}</span>
        : row.verdict === 'failed' ? <span className="verdict failed"><Icon name="cross" size={12} /> {m.thresholds.verdictFailed}</span> : <span className="quiet-dash">–</span>,
    },
  ], [h, m, language, picked, setChosen])
  const rows = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    return (runs ?? []).filter(row => words.every(word => `${row.name} ${row.loadTest} ${row.host}`.toLowerCase().includes(word)))
  }, [runs, filter])
  const [base, now] = compare.split('..')
  if (base && now) return <Compare base={base} now={now} entries={runs ?? []} />
  if (runs === null) return null
  if (runs.length === 0) return <Empty title={h.none} />
  const inOrder = runs.filter(run => picked.includes(run.id)).toSorted((a, b) => (a.startTime ?? '').localeCompare(b.startTime ?? ''))
  return (
    <div className="history">
      <div className="toolbar">
        <FilterField value={filter} onChange={setFilter} hint={m.table.filterHint} />
        <button type="button" className="button" disabled={inOrder.length !== 2} onClick={() => writeUrl({ compare: `${inOrder[0]!.id}..${inOrder[1]!.id}` }, true)}>{h.compare}</button>
        {inOrder.length !== 2 && <span className="hint">{h.choose}</span>}
      </div>
      <DataTable label={m.tabs.history} columns={columns} rows={rows} rowKey={row => row.id} sorting={readSorting(sort, { key: 'date', down: true })} onSort={next => setSort(writeSorting(next))} />
    </div>
  )
}
