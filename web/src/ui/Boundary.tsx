import { Component, type ReactNode } from 'react'
import { useMessages } from '../i18n'
import { Icon } from './Icon'

interface Props { readonly children: ReactNode }
interface State { readonly problem: string | null }

/** What cannot be drawn says so in its own place; everything around it stays. Give it a key, so that another view begins anew. */
export class Boundary extends Component<Props, State> {
  override state: State = { problem: null }

  static getDerivedStateFromError(error: unknown): State {
    return { problem: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    const { problem } = this.state
    return problem === null ? this.props.children : <Broken problem={problem} onRetry={() => this.setState({ problem: null })} />
  }
}

function Broken({ problem, onRetry }: { problem: string; onRetry: () => void }) {
  const m = useMessages()
  return (
    <div className="empty broken" role="alert">
      <span className="empty-doubt"><Icon name="warn" size={20} /></span>
      <p className="empty-title">{m.broken.title}</p>
      <div className="empty-text">
        <p>{m.broken.text}</p>
        <code>{problem}</code>
        <button type="button" className="button small no-print" onClick={onRetry}>{m.broken.retry}</button>
      </div>
    </div>
  )
}
