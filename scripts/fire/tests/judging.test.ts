import { describe, expect, it } from 'vitest';
import { readContract } from '../../../openapi/contract.ts';
import { createAnswerCheck } from '../harness/answer-checks.ts';
import { readAnswers } from '../harness/http-connection.ts';
import { complainOfLoss } from '../requests/data-loss.ts';

describe('The responses on a raw connection', () => {
  it('may end with a 100 Continue alone, when the body stays incomplete', () => {
    const leave = 'HTTP/1.1 100 Continue\r\n\r\n';
    expect(readAnswers(Buffer.from(leave))).toEqual({ answers: [], rest: 0 });
    expect(readAnswers(Buffer.from(`${leave}x`))).toMatchObject({ rest: 1 });
  });

  it('are counted apart from the bytes after the last one', () => {
    const response = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
    expect(readAnswers(Buffer.from(`${response}more`))).toMatchObject({ rest: 4 });
  });
});

describe('An accepted form', () => {
  const contract = readContract();
  const operation = contract.operations.createDossier;
  const parts = ['name', 'phone'].map((name) => {
    return { name, bytes: Buffer.from(`some ${name}`), isFile: false };
  });
  const head = (name: string): string => `Content-Disposition: form-data; name="${name}"\r\n\r\n`;
  const reportProblem = (
    lineBetween: string,
    phone: string | null,
    written = 'some phone',
  ): string | undefined => {
    const body = `--x\r\n${head('name')}some name\r\n${lineBetween}\r\n${head('phone')}${written}\r\n--x--\r\n`;
    const headers = [['Content-Type', 'multipart/form-data; boundary=x']] as const;
    const draft = { method: 'POST', path: '/', query: [], headers, body: Buffer.from(body) };
    const planned = { draft, operation, parts, way: 'mutated', foreign: [], scopes: [] } as const;
    const data = { data: { name: 'some name', phone } };
    const response = { status: 201, headers: new Map(), body: JSON.stringify(data) };
    return complainOfLoss(createAnswerCheck(contract), operation, planned, response);
  };

  it('has lost a part if the response has null for it', () => {
    expect(reportProblem('--x', 'some phone')).toBeUndefined();
    expect(reportProblem('--x', null)).toMatch('a part was sent and is lost: phone');
  });

  it('has lost nothing if a mutation changed the bytes of a part', () => {
    expect(reportProblem('--x', 'sime phone', 'sime phone')).toBeUndefined();
  });

  it('has lost nothing if a mutation of a boundary joined two parts', () => {
    expect(reportProblem('--y', null)).toBeUndefined();
  });
});
