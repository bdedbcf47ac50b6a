import { APP_INTERCEPTOR } from '@nestjs/core';
import { AccessInterceptor } from './access-interceptor';
import { Accesses } from './accesses';

export const ACCESS_PROVIDERS = [Accesses, { provide: APP_INTERCEPTOR, useClass: AccessInterceptor }];
export { Accesses };
export { AccessView } from './accesses.dto';
export { HOLDERS_OF_ROW, RECORD_BY_ID, recordOf, watch } from './watched-routes';
