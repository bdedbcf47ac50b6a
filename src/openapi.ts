import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

const ABOUT = `The e-municipality ERP of a municipality: find every row of a citizen in the old systems, join them into one
approved record (OneRecord, السجل الموحد), and serve the person from it.

**Start here.** Call \`POST /api/v1/auth/login\`, copy \`accessToken\`, press **Authorize** and paste it. Then follow the
tag *one-records* from top to bottom: search, open a record, link, submit, approve as another person, send the code,
print the statement.

**Citizens** are callers of their own: \`POST /api/v1/citizen-auth/codes\`, then \`login-by-code\`, and paste the token under
**citizen**. It opens the routes under \`/me\` and no other.

Amounts are integers in minor units of their currency (ILS 2 decimals, JOD 3, USD 2). Instants are ISO-8601 in UTC.
Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`; titles are Arabic, or English with
\`Accept-Language: en\`. Changes of a versioned row need \`If-Match\`, issuances need \`Idempotency-Key\`:
the same again, within IDEMPOTENCY_DAYS (30), gets the first answer.`;

export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Baladiya · بلدية')
    .setDescription(ABOUT)
    .setVersion('1')
    .addBearerAuth()
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'the token of a citizen' }, 'citizen')
    .build();
  return SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

/** Swagger UI at /docs, the document at /docs-json. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'Baladiya API',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      tryItOutEnabled: true,
      // Hundreds of routes drawn at once make the page slow: by tag, with a box to find it.
      docExpansion: 'none',
      filter: true,
    },
  });
}
