import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { type OpenApiDocument, openApiDocument } from '@gradshot/contract/openapi';
import type { FastifyInstance } from 'fastify';
import { statusOf } from './failure-statuses.ts';

/** Half a second of work, which a process that opens several servers does once. */
let made: OpenApiDocument | undefined;

/** `/openapi.json` for programs, `/docs` for people, both from the contract. */
export async function addDocuments(app: FastifyInstance, version: string): Promise<void> {
  made ??= openApiDocument({ version, statusOf });
  const document = made;
  await app.register(swagger, {
    mode: 'static',
    specification: { document: document as never },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list', deepLinking: true },
  });
  app.get('/openapi.json', async (_request, reply) => reply.send(document));
}
