/** The catalogue of problems (RFC 9457): a stable code, a status, and a title in both languages. */
export interface ProblemKind {
  status: number;
  ar: string;
  en: string;
}

const catalogue = new Map<string, ProblemKind>();

/** Declares problems of a module; codes are `module.what` and never change once published. */
export function defineProblems<T extends Record<string, ProblemKind>>(
  kinds: T,
): { readonly [K in keyof T]: K & string } {
  const codes: Record<string, string> = {};
  for (const [code, kind] of Object.entries(kinds)) {
    if (catalogue.has(code)) throw new Error(`problem ${code} is defined twice`);
    catalogue.set(code, kind);
    codes[code] = code;
  }
  return codes as { readonly [K in keyof T]: K & string };
}

export const problemKind = (code: string): ProblemKind => {
  const kind = catalogue.get(code);
  if (!kind) throw new Error(`problem ${code} is not defined`);
  return kind;
};

export const allProblems = (): ReadonlyMap<string, ProblemKind> => catalogue;

/** One wrong place of the request: a JSON pointer into the body, or the name of a parameter, and what rule it broke. */
export interface FieldError {
  pointer: string;
  code: string;
}

/**
 * A refusal that the caller can understand and act on; `extra` members are added to the problem document, and
 * `retryAfterSeconds` are sent as Retry-After.
 */
export class Problem extends Error {
  readonly status: number;
  constructor(
    readonly code: string,
    readonly details: { errors?: FieldError[]; extra?: Record<string, unknown>; retryAfterSeconds?: number } = {},
  ) {
    super(code);
    this.status = problemKind(code).status;
  }
}

/** One field of the request is wrong; `code` says what rule it breaks. */
export const invalidField = (pointer: string, code: string): Problem =>
  new Problem('http.invalid', { errors: [{ pointer, code }] });

defineProblems({
  'http.bad-request': { status: 400, ar: 'طلب غير مفهوم', en: 'The request cannot be understood' },
  'http.unauthenticated': { status: 401, ar: 'يجب تسجيل الدخول', en: 'Log in first' },
  'http.forbidden': { status: 403, ar: 'لا تملك صلاحية هذا الإجراء', en: 'You may not do this' },
  'http.not-found': { status: 404, ar: 'غير موجود', en: 'Not found' },
  'http.method-not-allowed': { status: 405, ar: 'الطريقة غير مسموحة', en: 'Method not allowed' },
  'http.not-acceptable': { status: 406, ar: 'الصيغة المطلوبة غير متوفرة', en: 'The wanted format is not offered' },
  'http.timeout': { status: 408, ar: 'انتهت مهلة الطلب', en: 'The request took too long' },
  'http.conflict': { status: 409, ar: 'يتعارض مع بيانات موجودة', en: 'Conflicts with data that is there already' },
  'http.stale': {
    status: 412,
    ar: 'تغيّر السجل منذ قراءته، أعد تحميله',
    en: 'The record has changed since you read it; load it again',
  },
  'http.too-large': { status: 413, ar: 'حجم الطلب كبير جداً', en: 'The request is too large' },
  'http.uri-too-long': { status: 414, ar: 'العنوان طويل جداً', en: 'The address is too long' },
  'http.unsupported-media-type': { status: 415, ar: 'نوع المحتوى غير مدعوم', en: 'The content type is not supported' },
  'http.invalid': { status: 422, ar: 'بيانات غير صحيحة', en: 'Some fields are not right' },
  'http.idempotency-mismatch': {
    status: 422,
    ar: 'مفتاح التكرار استُخدم لطلب آخر',
    en: 'The idempotency key was used for another request',
  },
  'http.idempotency-key-required': {
    status: 400,
    ar: 'ترويسة Idempotency-Key مطلوبة',
    en: 'The Idempotency-Key header is required',
  },
  'http.version-required': { status: 428, ar: 'ترويسة If-Match مطلوبة', en: 'The If-Match header is required' },
  'http.too-many-requests': {
    status: 429,
    ar: 'طلبات كثيرة، حاول بعد قليل',
    en: 'Too many requests; try again shortly',
  },
  'http.headers-too-large': { status: 431, ar: 'ترويسات الطلب كبيرة جداً', en: 'The request headers are too large' },
  'http.internal': { status: 500, ar: 'خطأ داخلي', en: 'Internal error' },
  'http.unavailable': { status: 503, ar: 'الخدمة غير متاحة حالياً', en: 'The service is not available now' },
});
