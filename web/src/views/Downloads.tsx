import { useEffect, useState } from 'react'
import type { Download, DownloadKind } from '../data/api'
import { client } from '../data/client'
import { hasRun, type RunView } from '../data/model'
import { useMessages } from '../i18n'
import { useTheme } from '../state/theme'
import { Empty } from '../ui/controls'
import { Icon } from '../ui/Icon'

const order: readonly DownloadKind[] = ['report', 'requests', 'failures', 'exceptions', 'history', 'run']

export function Downloads({ view }: { view: RunView | null }) {
  const m = useMessages()
  const { theme } = useTheme()
  const [files, setFiles] = useState<readonly Download[] | null>(null)
  const id = view?.id ?? null
  const stopped = view?.run.phase
  useEffect(() => {
    let gone = false
    client.downloads(id).then(answer => { if (!gone) setFiles(answer.downloads) }).catch(() => { if (!gone) setFiles([]) })
    return () => { gone = true }
  }, [id, stopped])
  const base = id === null ? 'api/v1/download' : `api/v1/runs/${encodeURIComponent(id)}/download`
  if (!hasRun(view) || files?.length === 0) return <Empty title={m.download.none} />
  const sorted = (files ?? []).toSorted((a, b) => place(a) - place(b))
  return (
    <ul className="downloads">
      {sorted.map(file => {
        const kind = order.find(k => k === file.kind)
        return (
          <li key={file.name}>
            <a className="panel download" href={`${base}/${encodeURIComponent(file.name)}${kind === 'report' ? `?theme=${theme}&download=1` : ''}`} download={file.name}>
              <Icon name="download" size={20} />
              <span className="download-words">
                <strong>{kind ? m.download[kind] : file.name}</strong>
                <span className="hint">{kind ? m.download[`${kind}Text`] : ''}</span>
              </span>
              <code>{file.name}</code>
            </a>
          </li>
        )
      })}
    </ul>
  )
}

function place(file: Download): number {
  const at = order.indexOf(file.kind as DownloadKind)
  return at < 0 ? order.length : at
}
