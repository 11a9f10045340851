import { useMemo } from 'react'
import type { OutputDocument } from '../data/run'
import { outputsOf } from '../data/model'
import { bytes, count, dash } from '../format/numbers'
import { useMessages } from '../i18n'
import { useUrl } from '../state/url'
import { type Column, DataTable, readSorting, writeSorting } from '../tables/DataTable'
import { failed } from '../tables/statisticsColumns'
import { Command, Empty } from '../ui/controls'
import type { ViewProps } from './ViewProps'

/** What became of what was sent elsewhere: made = delivered + dropped + uncertain + waiting. */
export function Outputs({ view }: ViewProps) {
  const m = useMessages()
  const [sort, setSort] = useUrl('outsort', 'output-up')
  const o = m.outputs
  const columns = useMemo<Column<OutputDocument>[]>(() => {
    const number = (key: 'produced' | 'delivered' | 'queued' | 'retries', label: string): Column<OutputDocument> => ({ key, label, value: row => row[key], cell: row => (row[key] === 0 ? <span className="quiet-dash">{dash}</span> : count(row[key])) })
    return [
      { key: 'output', label: o.output, text: true, className: 'name', value: row => row.output, cell: row => row.output, title: row => row.output },
      { key: 'records', label: o.records, text: true, value: row => row.records, cell: row => row.records },
      number('produced', o.produced),
      number('delivered', o.delivered),
      { key: 'dropped', label: o.dropped, value: row => row.dropped, cell: row => failed(row.dropped, count(row.dropped)) },
      { key: 'uncertain', label: o.uncertain, value: row => row.uncertain, cell: row => (row.uncertain === 0 ? <span className="quiet-dash">{dash}</span> : <span className="honesty-away">{count(row.uncertain)}</span>), title: () => o.uncertainHint },
      { ...number('queued', o.queued), title: row => bytes(row.queuedBytes) },
      number('retries', o.retries),
      { key: 'trouble', label: o.trouble, text: true, className: 'message', value: row => row.trouble, cell: row => row.trouble ?? <span className="quiet-dash">{dash}</span>, title: row => row.trouble ?? undefined },
    ]
  }, [o])
  const rows = outputsOf(view.run)
  if (rows.length === 0) return <Empty title={o.none}><Command text="onrush -f test.cs --out influxdb=http://127.0.0.1:8086/onrush" /></Empty>
  return <DataTable label={m.tabs.outputs} columns={columns} rows={rows} rowKey={row => row.output} sorting={readSorting(sort, { key: 'output', down: false })} onSort={next => setSort(writeSorting(next))} />
}
