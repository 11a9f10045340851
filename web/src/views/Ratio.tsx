import type { RatioNode } from '../data/api'
import { percent } from '../format/numbers'
import { useMessages } from '../i18n'
import { Empty } from '../ui/controls'
import type { ViewProps } from './ViewProps'

/** How often each task is picked: a bar per task, nested as the tasks are. */
export function Ratio({ view }: ViewProps) {
  const m = useMessages()
  if (Object.keys(view.ratio.perClass).length === 0 && Object.keys(view.ratio.total).length === 0) return <Empty title={m.ratio.none} />
  return (
    <div className="ratio">
      <p className="hint">{m.ratio.note}</p>
      <div className="ratio-columns">
        <section className="panel"><header className="panel-head"><h3>{m.ratio.perClass}</h3></header><Tree nodes={view.ratio.perClass} depth={0} /></section>
        <section className="panel"><header className="panel-head"><h3>{m.ratio.total}</h3></header><Tree nodes={view.ratio.total} depth={0} /></section>
      </div>
    </div>
  )
}

function Tree({ nodes, depth }: { nodes: Record<string, RatioNode>; depth: number }) {
  return (
    <ul className="ratio-tree">
      {Object.entries(nodes).map(([name, node]) => (
        <li key={name}>
          <div className={depth === 0 ? 'ratio-row top' : 'ratio-row'} style={{ paddingLeft: 12 + depth * 20 }}>
            <span className="ratio-name">{name}</span>
            <span className="ratio-bar"><span style={{ transform: `scaleX(${node.ratio})` }} /></span>
            <span className="ratio-value">{percent(node.ratio)}</span>
          </div>
          {node.tasks && Object.keys(node.tasks).length > 0 && <Tree nodes={node.tasks} depth={depth + 1} />}
        </li>
      ))}
    </ul>
  )
}
