import { useMemo } from 'react'
import { seriesKey } from '../data/model'
import type { SeriesDocument } from '../data/run'
import { useMessages } from '../i18n'
import { useUrl } from '../state/url'
import { DataTable, readSorting, writeSorting } from '../tables/DataTable'
import { hiddenAtFirst, type Percentile, percentiles, statisticsColumns, usualPercentiles, type Which } from '../tables/statisticsColumns'
import { Empty, FilterField, Menu, Segments } from '../ui/controls'
import { EndpointDetail } from './EndpointDetail'
import type { ViewProps } from './ViewProps'

/** Locust's table: sortable, filtered, with the columns and percentiles one chooses; a row opens its charts and phases. */
export function Statistics({ view, report = false }: ViewProps) {
  const m = useMessages()
  const [filter, setFilter] = useUrl('filter')
  const [sort, setSort] = useUrl('sort', 'name-up')
  const [whichText, setWhich] = useUrl('which', 'both')
  const [percentileText, setPercentiles] = useUrl('percentiles', usualPercentiles.join(','))
  const [shownText, setShown] = useUrl('columns')
  const [opened, setOpened] = useUrl('endpoint')
  const which: Which = whichText === 'successes' || whichText === 'failed' ? whichText : 'both'
  const chosen = useMemo(() => percentiles.filter(p => percentileText.split(',').includes(p)), [percentileText])
  const all = useMemo(() => statisticsColumns(m, which, chosen, view.recent), [m, which, chosen, view.recent])
  const manyScenarios = useMemo(() => new Set(view.run.series.map(row => row.scenario)).size > 1, [view.run.series])
  // The address holds what differs from the usual: +key shown, -key hidden.
  const changes = useMemo(() => new Set(shownText.split(',').filter(Boolean)), [shownText])
  const usual = (key: string) => (key === 'scenario' ? manyScenarios : key === 'recent' ? !report : !hiddenAtFirst.has(key))
  const isShown = (key: string) => (changes.has(key) ? !usual(key) : usual(key))
  const columns = useMemo(() => all.filter(c => isShown(c.key)), [all, changes, manyScenarios, report])
  const rows = useMemo(() => filterRows(view.run.series, filter), [view.run.series, filter])
  const sorting = useMemo(() => readSorting(sort, { key: 'name', down: false }), [sort])

  if (view.run.series.length === 0) return <Empty title={m.table.none} />
  return (
    <div className="statistics">
      {!report && (
        <div className="toolbar no-print">
          <FilterField value={filter} onChange={setFilter} hint={m.table.filterHint} />
          {filter && <span className="hint">{m.table.shown(String(rows.length), String(view.run.series.length))}</span>}
          <span className="toolbar-space" />
          <span className="tool-label">{m.table.which}</span>
          <Segments<Which> label={m.table.which} value={which} onChoose={setWhich}
            options={[{ value: 'both', label: m.table.both }, { value: 'successes', label: m.table.successes }, { value: 'failed', label: m.table.failedOnly }]} />
          <Menu label={m.table.percentiles} text={m.table.percentiles}>
            {percentiles.map(p => (
              <label key={p} className="check menu-item">
                <input type="checkbox" checked={chosen.includes(p)} onChange={() => setPercentiles(toggled(chosen, p).join(',') || 'none')} /> {p}%
              </label>
            ))}
          </Menu>
          <Menu label={m.table.columns} icon="columns" text={m.table.columns}>
            {all.filter(c => c.key !== 'name' && !/^p\d/.test(c.key)).map(c => (
              <label key={c.key} className="check menu-item">
                <input type="checkbox" checked={isShown(c.key)}
                  onChange={() => { const next = new Set(changes); if (!next.delete(c.key)) next.add(c.key); setShown([...next].join(',')) }} /> {c.label}
              </label>
            ))}
          </Menu>
        </div>
      )}
      <DataTable<SeriesDocument> label={m.tabs.statistics} columns={columns} rows={rows} rowKey={seriesKey} sorting={sorting}
        onSort={next => setSort(writeSorting(next))} foot={filter ? undefined : view.run.aggregated}
        {...(report ? {} : { detail: (row: SeriesDocument) => <EndpointDetail view={view} row={row} /> })}
        opened={opened || null} onOpen={setOpened} />
      {rows.length === 0 && <Empty title={m.table.noMatch} />}
    </div>
  )
}

export function filterRows(rows: readonly SeriesDocument[], filter: string): readonly SeriesDocument[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(row => {
    const text = `${row.method} ${row.name} ${row.scenario}`.toLowerCase()
    return words.every(word => text.includes(word))
  })
}

function toggled(chosen: readonly Percentile[], percentile: Percentile): Percentile[] {
  return chosen.includes(percentile) ? chosen.filter(p => p !== percentile) : [...chosen, percentile]
}
