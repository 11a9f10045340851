// The official SDK talks to the service that stands in for AWS in the tests: what AWS takes and refuses there it has to take and refuse here. Prints what came of it.
import { CloudWatchClient, GetMetricDataCommand, PutDashboardCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'

const settings = { region: 'ap-northeast-2', endpoint: process.argv[2], maxAttempts: 1 }
const cloudwatch = new CloudWatchClient(settings)
const logs = new CloudWatchLogsClient(settings)
const now = new Date(Math.floor(Date.now() / 1000) * 1000)
const datum = (name, more) => ({ MetricName: name, Dimensions: [{ Name: 'Host', Value: 'sdk' }], Timestamp: now, Unit: 'Milliseconds', StorageResolution: 1, ...more })
const put = (...data) => cloudwatch.send(new PutMetricDataCommand({ Namespace: 'judge', MetricData: data }))
const results = {}

async function attempt(name, act) {
  try {
    results[name] = (await act()) ?? 'taken'
  } catch (error) {
    results[name] = error.name
  }
}

await attempt('values', async () => { await put(datum('times', { Values: [1, 2, 3], Counts: [10, 20, 30] })) })
await attempt('valuesAgain', async () => { await put(datum('times', { Values: [3, 4], Counts: [5, 1] })) })
await attempt('thousand', async () => { await put(...Array.from({ length: 1000 }, (_, i) => datum(`many${i}`, { Value: i }))) })
await attempt('thousandAndOne', async () => { await put(...Array.from({ length: 1001 }, (_, i) => datum(`more${i}`, { Value: i }))) })
await attempt('tooManyValues', async () => { await put(datum('wide', { Values: Array.from({ length: 151 }, (_, i) => i) })) })
await attempt('korean', async () => { await put(datum('name', { Value: 1, Dimensions: [{ Name: 'Request', Value: '쿠폰' }] })) })
await attempt('old', async () => { await put(datum('old', { Value: 1, Timestamp: new Date(Date.now() - 15 * 86_400_000) })) })
await attempt('read', async () => {
  const answer = await cloudwatch.send(new GetMetricDataCommand({
    StartTime: new Date(now.getTime() - 60_000), EndTime: new Date(now.getTime() + 60_000),
    MetricDataQueries: [{ Id: 'q', MetricStat: { Metric: { Namespace: 'judge', MetricName: 'times', Dimensions: [{ Name: 'Host', Value: 'sdk' }] }, Period: 60, Stat: 'Sum' } }],
  }))
  return answer.MetricDataResults[0].Values
})
await attempt('dashboard', async () => {
  const body = { widgets: [{ type: 'metric', x: 0, y: 0, width: 12, height: 6, properties: { region: 'ap-northeast-2', metrics: [['judge', 'times', 'Host', 'sdk']] } }] }
  await cloudwatch.send(new PutDashboardCommand({ DashboardName: 'judge', DashboardBody: JSON.stringify(body) }))
})
await attempt('noGroup', async () => { await logs.send(new CreateLogStreamCommand({ logGroupName: 'judge', logStreamName: 's' })) })
await attempt('group', async () => { await logs.send(new CreateLogGroupCommand({ logGroupName: 'judge' })) })
await attempt('stream', async () => { await logs.send(new CreateLogStreamCommand({ logGroupName: 'judge', logStreamName: 's' })) })
const lines = events => logs.send(new PutLogEventsCommand({ logGroupName: 'judge', logStreamName: 's', logEvents: events }))
await attempt('lines', async () => { await lines([{ timestamp: now.getTime() - 5, message: '쿠폰 발급' }, { timestamp: now.getTime(), message: 'b' }]) })
await attempt('linesOutOfOrder', async () => { await lines([{ timestamp: now.getTime(), message: 'a' }, { timestamp: now.getTime() - 5, message: 'b' }]) })
await attempt('linesTooOld', async () => (await lines([{ timestamp: now.getTime() - 15 * 86_400_000, message: 'a' }])).rejectedLogEventsInfo?.tooOldLogEventEndIndex)
await attempt('wrongKey', async () => {
  await new CloudWatchClient({ ...settings, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wrong' } }).send(new PutMetricDataCommand({ Namespace: 'judge', MetricData: [datum('x', { Value: 1 })] }))
})
process.stdout.write(`${JSON.stringify(results)}\n`)
