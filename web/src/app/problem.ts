/* What the server says when it refuses (RFC 9457 problem+json), as a typed error. */

export interface FieldFault {
  field: string
  code: string
  message: string
}

/** A refusal, or no answer at all (status 0, code "network"). */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly errors: FieldFault[]
  readonly requestId: string

  constructor(of: { status: number; code?: string; title?: string; detail?: string; errors?: FieldFault[]; requestId?: string }) {
    super(of.title || of.code || `HTTP ${of.status}`)
    this.name = 'ApiError'
    this.status = of.status
    this.code = of.code ?? ''
    this.title = of.title ?? ''
    this.detail = of.detail ?? ''
    this.errors = of.errors ?? []
    this.requestId = of.requestId ?? ''
  }

  get network(): boolean {
    return this.status === 0
  }

  /** The message for one field of a form, if the server named that field. */
  field(name: string): string | undefined {
    return this.errors.find((fault) => fault.field === name)?.message
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function faults(value: unknown): FieldFault[] {
  if (!Array.isArray(value)) return []
  return value
    .filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null)
    .map((item) => ({ field: text(item.field), code: text(item.code), message: text(item.message) }))
}

/** Reads a refusal; an answer that is no problem+json (a proxy's page) still becomes an ApiError. */
export async function readProblem(response: Response): Promise<ApiError> {
  let body: Record<string, unknown> = {}
  try {
    const parsed: unknown = await response.json()
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>
  } catch {
    // not JSON: the status is all we know
  }
  return new ApiError({
    status: response.status,
    code: text(body.code) || text(body.type),
    title: text(body.title),
    detail: text(body.detail),
    errors: faults(body.errors),
    requestId: response.headers.get('X-Request-Id') ?? text(body.request_id),
  })
}
