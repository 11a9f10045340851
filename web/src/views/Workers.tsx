import { useMemo } from 'react'
import type { WorkerRow } from '../data/api'
import { bytes, count, dash, time, wholePercent } from '../format/numbers'
import { useMessages } from '../i18n'
import { useUrl } from '../state/url'
import { type Column, DataTable, readSorting, writeSorting } from '../tables/DataTable'
import { Command, Empty } from '../ui/controls'
import type { ViewProps } from './ViewProps'

const shapes: Record<WorkerRow['state'], string> = { preparing: '◌', ready: '○', running: '●', ending: '◑', done: '■', left: '■', late: '▲', lost: '✕', failed: '✕' }

export function Workers({ view }: ViewProps) {
  const m = useMessages()
  const [sort, setSort] = useUrl('workersort', 'id-up')
  const w = m.workers
  const columns = useMemo<Column<WorkerRow>[]>(() => [
    { key: 'id', label: w.id, text: true, className: 'name', value: row => row.id, cell: row => row.id },
    { key: 'state', label: w.state, text: true, value: row => row.state, cell: row => <span className={`worker-state ${row.state}`}><span aria-hidden="true">{shapes[row.state]}</span> {w.states[row.state]}</span> },
    { key: 'users', label: w.users, value: row => row.users, cell: row => count(row.users) },
    { key: 'requests', label: w.requests, value: row => row.requests, cell: row => count(row.requests) },
    { key: 'cpu', label: w.cpu, value: row => row.cpuPercent, cell: row => (row.cpuPercent === null ? dash : wholePercent(row.cpuPercent)) },
    { key: 'memory', label: w.memory, value: row => row.memoryBytes, cell: row => (row.memoryBytes === null ? dash : bytes(row.memoryBytes)) },
    { key: 'lag', label: w.lag, value: row => row.lagP99Ms, cell: row => time(row.lagP99Ms) },
    { key: 'clock', label: w.clock, value: row => row.clockOffsetMs, cell: row => time(row.clockOffsetMs) },
    { key: 'version', label: w.version, text: true, value: row => row.version, cell: row => row.version ?? dash },
    { key: 'address', label: w.address, text: true, value: row => row.address, cell: row => row.address ?? dash },
  ], [w])
  if (view.workers.length === 0)
    return <Empty title={w.none}><Command text={`onrush --worker --master-host ${location.hostname || '10.0.0.5'}`} /><p className="hint">{w.local}</p></Empty>
  return <DataTable label={m.tabs.workers} columns={columns} rows={view.workers} rowKey={row => row.id} sorting={readSorting(sort, { key: 'id', down: false })} onSort={next => setSort(writeSorting(next))} />
}
