/* The reasons for which a delivery can fail, as the server has them, in the reader's language. */
import { t } from './strings'

const PROBLEMS = {
  'the name is not known': 'p_name', 'nobody answers there': 'p_nobody', 'no answer in time': 'p_late', 'its certificate is not trusted': 'p_cert', 'no encrypted connection': 'p_tls',
  'not https': 'p_https', 'closed without an answer': 'p_closed', 'a private address': 'p_private', 'answered with an error': 'p_error', 'the robot refused it': 'p_robot',
  'there is nobody to send it to any more': 'p_gone', 'the connection broke': 'p_broke', 'could not be sent': 'p_other', 'was not sent': 'p_other', 'this is no address': 'p_name',
  'user name or password is refused': 'p_login', 'the mail server refused it': 'p_mail', 'no mail server is set': 'p_no_server', 'the address of this system is not set': 'p_no_site',
  'the gateway refused it': 'p_gateway', 'no gateway is set': 'p_no_gateway', 'too many at once': 'p_busy',
} as const

export const problemText = (problem: string | null | undefined): string => (problem ? (problem in PROBLEMS ? t(PROBLEMS[problem as keyof typeof PROBLEMS]) : problem) : '')
