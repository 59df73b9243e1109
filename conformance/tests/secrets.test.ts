import { describe, expect, it } from 'vitest';
import { createFilter } from '../secrets.ts';

describe('the filter of all output', () => {
  it('tells keys and tokens by the names of their variables, wherever they stand', () => {
    const filter = createFilter({ LEADGRID_KEY: 'secret.token.1', LEADGRID_CONTROL_TOKEN: 'hush' });
    const told = filter('GET /dossiers?api_key=secret.token.1 failed; token hush');
    expect(told).toBe('GET /dossiers?api_key=$LEADGRID_KEY failed; token $LEADGRID_CONTROL_TOKEN');
  });

  it('tells no key that it has never heard of', () => {
    expect(createFilter({})('Bearer lg_live_3kq9VnT2')).toBe('Bearer lg_live_***');
  });

  it('leaves everything else alone, empty variables too', () => {
    expect(createFilter({ LEADGRID_KEY: '', PATH: '/bin' })('/bin of 3')).toBe('/bin of 3');
  });
});
