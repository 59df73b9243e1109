import { describe, expect, it } from 'vitest';
import { readContract } from '../../../openapi/contract.ts';
import { createAnswerCheck } from '../harness/answer-checks.ts';
import { readAnswers } from '../harness/http-connection.ts';
import { complainOfLoss } from '../requests/data-loss.ts';

describe('What comes over a raw connection', () => {
  it('is no nonsense when a body that never comes whole got leave, and no answer', () => {
    const leave = 'HTTP/1.1 100 Continue\r\n\r\n';
    expect(readAnswers(Buffer.from(leave))).toEqual({ answers: [], rest: 0 });
    expect(readAnswers(Buffer.from(`${leave}x`))).toMatchObject({ rest: 1 });
  });

  it('is counted where it stands behind the last answer', () => {
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
    expect(readAnswers(Buffer.from(`${answer}more`))).toMatchObject({ rest: 4 });
  });
});

describe('A form that was taken', () => {
  const contract = readContract();
  const operation = contract.operations.createDossier;
  const parts = ['name', 'phone'].map((name) => {
    return { name, bytes: Buffer.from(`some ${name}`), isFile: false };
  });
  const head = (name: string): string => `Content-Disposition: form-data; name="${name}"\r\n\r\n`;
  const complain = (
    lineBetween: string,
    phone: string | null,
    written = 'some phone',
  ): string | undefined => {
    const body = `--x\r\n${head('name')}some name\r\n${lineBetween}\r\n${head('phone')}${written}\r\n--x--\r\n`;
    const headers = [['Content-Type', 'multipart/form-data; boundary=x']] as const;
    const draft = { method: 'POST', path: '/', query: [], headers, body: Buffer.from(body) };
    const planned = { draft, operation, parts, way: 'mutated', foreign: [], scopes: [] } as const;
    const data = { data: { name: 'some name', phone } };
    const answer = { status: 201, headers: new Map(), body: JSON.stringify(data) };
    return complainOfLoss(createAnswerCheck(contract), operation, planned, answer);
  };

  it('has lost a part that its answer has not', () => {
    expect(complain('--x', 'some phone')).toBeUndefined();
    expect(complain('--x', null)).toMatch('a part was sent and is lost: phone');
  });

  it('has lost nothing where its own bytes were changed, which the answer shows', () => {
    expect(complain('--x', 'sime phone', 'sime phone')).toBeUndefined();
  });

  it('has lost nothing where the line between two parts was changed, which joins them', () => {
    expect(complain('--y', null)).toBeUndefined();
  });
});
