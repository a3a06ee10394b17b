import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { openApiDocument } from '@gradshot/contract/openapi';
import type { FastifyInstance } from 'fastify';
import { statusOf } from './failure-statuses.ts';

/** `/openapi.json` for programs, `/docs` for people, both from the contract. */
export async function addDocuments(app: FastifyInstance, version: string): Promise<void> {
  const document = openApiDocument({ version, statusOf });
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
