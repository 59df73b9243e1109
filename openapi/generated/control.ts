// Generated from openapi/control.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/capabilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what this installation offers
         * @description Lists the operations of this API that the server implements.
         */
        get: operations["getCapabilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an organisation
         * @description Creates an empty organisation with one member, a default candidate flow and a default sales
         *     flow, each with at least two stages. This takes a server less than a millisecond, so that
         *     every test can have its own organisation.
         */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an organisation and everything in it
         * @description Its API keys stop working and its webhooks are no longer sent.
         */
        delete: operations["deleteOrganization"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Change the plan of an organisation
         * @description Everything in it stays, including its API keys. What the new plan allows applies at once.
         */
        put: operations["changePlan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an API key
         * @description This is the only response that contains the whole API key.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a member
         * @description Adds a member that dossiers can be assigned to.
         */
        post: operations["createMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/flows": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a flow
         * @description The stages get the given positions, or else 1, 2, 3 in the given order. A new default flow
         *     replaces the previous one.
         */
        post: operations["createFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        /**
         * List the webhook endpoints of an organisation, with their state
         * @description Returns the endpoints, oldest first, each with the number of its waiting events. An endpoint
         *     that has failed too often in a row is paused: its events wait, and the first of them is
         *     retried from time to time. Once that event is received, the others follow. Moving the clock
         *     forward makes the next attempt due.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Add a webhook endpoint
         * @description From now on, the organisation's events are sent to this endpoint. A user name and password
         *     in the URL are sent as Basic authentication.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        /**
         * List the delivery log of an organisation
         * @description Returns the attempts to deliver events, oldest first: why each succeeded or failed, what was
         *     sent and received, and what happens next. An event that was dropped before any attempt,
         *     because too many were waiting, has an entry with `attempt` 0; of several events dropped in a
         *     row, only the first has an entry. A server may keep only the newest entries, and may cut
         *     headers and bodies. Passwords, secrets and cookies are left out.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/rate-limit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Set a rate limit for an organisation
         * @description Replaces the plan's figures, including the one in X-RateLimit-Limit, and opens a new window.
         */
        put: operations["setRateLimit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/contacts/{contact_id}/pool": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
                /**
                 * @description The id of the contact.
                 * @example 92276658-1e27-41c0-8a6a-63ec24ede6a4
                 */
                contact_id: string;
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Put a contact in the talent pool
         * @description The contact is in the pool until the given time, and expired from then on.
         */
        put: operations["setPoolWindow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the organisation's next upload or request fail
         * @description `upload` makes the storage of the next CV fail; `request` makes the next request fail inside
         *     the server. Either returns 500 `internal`, once.
         */
        post: operations["failNext"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the server's time
         * @description The time that new timestamps, expiry and rate-limit windows are based on.
         */
        get: operations["getClock"];
        /**
         * Move the clock forward
         * @description The clock keeps running from its new time. It can be moved to the end of the year 9998 at
         *     most: it then runs for a year before a timestamp would need a five-digit year.
         */
        put: operations["moveClock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset everything
         * @description Deletes all organisations and sets the clock to the real time.
         */
        post: operations["reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An organisation to create. */
        NewOrganization: {
            /**
             * @description Its name.
             * @default Test organisation
             */
            name: string;
            /** @default growth */
            plan: components["schemas"]["Plan"];
            rate_limit?: components["schemas"]["RateLimit"];
        };
        /** @description A plan defined under x-plans in the LeadGrid contract. */
        Plan: string;
        /** @description An organisation. */
        Organization: {
            /** @description Its id. */
            id: string;
            /** @description Its name. */
            name: string;
            /** @description Its plan. */
            plan: string;
            /** @description Its members, starting with the one it was created with. */
            members: components["schemas"]["Member"][];
        };
        /** @description A member of an organisation. */
        Member: {
            /**
             * Format: uuid
             * @description The id that dossiers are assigned to.
             */
            id: string;
            /** @description The name. */
            name: string;
        };
        /** @description An API key to create. */
        NewKey: {
            /** @description Scopes defined in the LeadGrid contract. */
            scopes: string[];
            /**
             * Format: date-time
             * @description The time from which the API key is refused; it may be in the past.
             */
            expires_at?: string | null;
        };
        /** @description A flow to add. */
        NewFlow: {
            /** @description Its name. */
            name: string;
            type: components["schemas"]["DossierType"];
            /**
             * @description Whether it becomes the default flow.
             * @default false
             */
            is_default: boolean;
            /** @description At least one stage. */
            stages: {
                /** @description The stage's name. */
                name: string;
                /** @description The position of the stage in the flow; lower positions come first. */
                position?: number;
                /** @description The deadline of the stage. */
                deadline_days?: number | null;
                /** @description The win probability, in per cent. */
                win_probability?: number | null;
                /** @description A colour, `#` and six hexadecimal digits, such as `#1F6FEB`. */
                color?: string | null;
            }[];
        };
        /** @description A number of requests per number of seconds. */
        RateLimit: {
            /** @description Number of requests per window. */
            requests: number;
            /** @description Length of a window, a year at most, so that Retry-After stays a number. */
            window_seconds: number;
        };
        /**
         * @description `active` after a success or before the first attempt; `failing` after a failure; `paused` after too many failures in a row.
         * @enum {string}
         */
        EndpointState: "active" | "failing" | "paused";
        /** @description A webhook endpoint and its state. */
        WebhookEndpoint: {
            /** @description The id of the endpoint. */
            id: string;
            /** @description Where events are sent, without the password. */
            url: string;
            state: components["schemas"]["EndpointState"];
            /** @description Number of failed attempts since the last success. */
            failures_in_a_row: number;
            /**
             * Format: date-time
             * @description When it was paused; null if it isn't.
             */
            paused_since?: string | null;
            /**
             * Format: date-time
             * @description When a paused endpoint is next tried, if an event is waiting then.
             */
            next_attempt_at?: string | null;
            /** @description Number of events queued for it, including one that is being sent. */
            waiting_events: number;
            /** @description Total length of their bodies. */
            waiting_bytes?: number;
            /** @description Maximum number of waiting events. Each further event drops the second oldest; the oldest is kept, as it may be in delivery. */
            most_waiting_events?: number;
            /** @description Maximum total length of their bodies, with the same consequence. */
            most_waiting_bytes?: number;
            /** @description Number of events dropped since the endpoint was added. */
            dropped_events: number;
        };
        /** @description One attempt to deliver an event. */
        Delivery: {
            /** @description The id of the endpoint. */
            endpoint_id: string;
            /** @description The id of the event. */
            event_id: string;
            /** @description The type of the event. */
            event_type: string;
            /** @description The number of the attempt, from 1; 0 for an event that was dropped before any attempt. */
            attempt: number;
            /** @description The status that the receiver returned, if any. */
            status?: number | null;
            /** @description Whether the receiver accepted the event. */
            delivered: boolean;
            /**
             * Format: date-time
             * @description When the attempt was made.
             */
            attempted_at: string;
            /** @description Explains to people why the event was or wasn't delivered, and what happens next. */
            reason?: string;
            /**
             * @description `received`; `retry`, it is tried again; `given_up`, this was the last attempt; `dropped`, too many events were waiting.
             * @enum {string}
             */
            outcome?: "received" | "retry" | "given_up" | "dropped";
            /**
             * Format: date-time
             * @description When this event is tried again; null if it isn't.
             */
            next_attempt_at?: string | null;
            endpoint_state?: components["schemas"]["EndpointState"];
            request?: components["schemas"]["SentRequest"];
            /** @description The response of the receiver; null if there was none. */
            answer?: components["schemas"]["ReceivedAnswer"] | null;
        };
        /** @description The request that was sent. */
        SentRequest: {
            /** @description The method. */
            method: string;
            /** @description The URL, without the password. */
            url: string;
            /** @description The headers by name, except those that every request has. */
            headers: {
                [key: string]: string;
            };
            /** @description The beginning of the body. */
            body: string;
            /** @description The length of the whole body. */
            body_bytes: number;
        };
        /** @description The response of the receiver. */
        ReceivedAnswer: {
            /** @description The status. */
            status: number;
            /** @description The headers by name, in lower case. */
            headers: {
                [key: string]: string;
            };
            /** @description The beginning of the body. */
            body: string;
            /**
             * @description Whether the body is complete: `whole`; `cut`, it is too large for the log; `unfinished`, it didn't end in time; `broken`, the connection broke.
             * @enum {string}
             */
            body_end: "whole" | "cut" | "unfinished" | "broken";
        };
        /** @description The details of a refused or failed request, in the field `error` of the response body. */
        Error: {
            /** @description A stable error code, for programs. */
            code: string;
            /** @description An error message, for people. */
            message: string;
        };
        /**
         * @description What the dossier tracks: a candidate in recruitment or a lead in sales.
         * @enum {string}
         */
        DossierType: "candidate" | "sales";
        /**
         * Format: uuid
         * @description A UUID.
         */
        Uuid: string;
        /** @description One step of a flow. */
        Stage: {
            /** @description The stage's id. */
            id: components["schemas"]["Uuid"];
            /** @description The stage's name. */
            name: string;
            /** @description The position of the stage in its flow; lower positions come first. */
            position: number;
            /** @description Number of days within which a dossier should leave the stage, if there is a deadline. */
            deadline_days?: number | null;
            /** @description The probability of winning from this stage, in per cent, if known. */
            win_probability?: number | null;
            /** @description The colour in which the stage is shown. */
            color?: string | null;
        };
        /** @description A pipeline with its stages in order. */
        Flow: {
            /** @description The flow's id. */
            id: components["schemas"]["Uuid"];
            /** @description The flow's name. */
            name: string;
            type: components["schemas"]["DossierType"];
            /** @description Whether new dossiers of this type go into this flow when no flow is given. */
            is_default: boolean;
            /** @description The stages, ordered by position. */
            stages: components["schemas"]["Stage"][];
        };
    };
    responses: {
        /** @description The request is refused, with a code and a message. */
        Refusal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "not_found",
                 *         "message": "Organization not found."
                 *       }
                 *     }
                 */
                "application/json": {
                    error: components["schemas"]["Error"];
                };
            };
        };
        /** @description The server failed. */
        Fault: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "internal",
                 *         "message": "The server failed."
                 *       }
                 *     }
                 */
                "application/json": {
                    error: components["schemas"]["Error"];
                };
            };
        };
        /** @description The server's time. */
        Clock: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "now": "2026-05-04T08:30:00Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    data: {
                        /**
                         * Format: date-time
                         * @description The time in UTC.
                         */
                        now: string;
                    };
                };
            };
        };
    };
    parameters: {
        /**
         * @description The id of the organisation.
         * @example 6513270e-269e-4d37-b2a7-4de452e6b438
         */
        OrganizationId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getCapabilities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "operations": [
                     *           "getCapabilities",
                     *           "createOrganization",
                     *           "createKey"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            /** @description The operationIds of this document that are available here. */
                            operations: string[];
                        };
                    };
                };
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Werkplaats Noord",
                 *       "plan": "growth"
                 *     }
                 */
                "application/json": components["schemas"]["NewOrganization"];
            };
        };
        responses: {
            /** @description The organisation. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "6513270e-269e-4d37-b2a7-4de452e6b438",
                     *         "name": "Werkplaats Noord",
                     *         "plan": "growth",
                     *         "members": [
                     *           {
                     *             "id": "d23f0824-128b-4f33-8c5c-7fd0a6a3a450",
                     *             "name": "Lotte Jansen"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Organization"];
                    };
                };
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    deleteOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organisation is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    changePlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "plan": "free"
                 *     }
                 */
                "application/json": {
                    plan: components["schemas"]["Plan"];
                };
            };
        };
        responses: {
            /** @description The new plan applies. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scopes": [
                 *         "dossiers:read",
                 *         "flows:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description The API key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0c9f64de-6f3b-4c55-8a1e-52d1e7b80f43",
                     *         "key": "lg_live_3kq9VnT2rXw8ZbM5yHs7Dg4L"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            /** @description The id of the API key. */
                            id: string;
                            /** @description The whole API key. */
                            key: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    createMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Joris Smit"
                 *     }
                 */
                "application/json": {
                    /** @description The member's name. */
                    name: string;
                };
            };
        };
        responses: {
            /** @description The member. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "5c0a7e0b-3f51-4d43-9b0d-8e6f2a71c9d4",
                     *         "name": "Joris Smit"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Member"];
                    };
                };
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    createFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Freelancers",
                 *       "type": "candidate",
                 *       "is_default": false,
                 *       "stages": [
                 *         {
                 *           "name": "Intake",
                 *           "deadline_days": 2
                 *         },
                 *         {
                 *           "name": "Matched"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewFlow"];
            };
        };
        responses: {
            /** @description The flow, as the LeadGrid API returns it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "2b7d1f64-8a0c-4e5f-93d2-7c61e0b4a985",
                     *         "name": "Freelancers",
                     *         "type": "candidate",
                     *         "is_default": false,
                     *         "stages": [
                     *           {
                     *             "id": "71f0c3a8-4e2d-49b6-8d15-3a9be67c2f04",
                     *             "name": "Intake",
                     *             "position": 1,
                     *             "deadline_days": 2
                     *           },
                     *           {
                     *             "id": "e6a24b90-7d13-4f8c-a5e7-0b9c81d36f52",
                     *             "name": "Matched",
                     *             "position": 2
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Flow"];
                    };
                };
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoints, without their secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "84f7b2ce-19d5-4a60-8e73-c5ad0f26b918",
                     *           "url": "http://127.0.0.1:5050/webhooks/leadgrid",
                     *           "state": "paused",
                     *           "failures_in_a_row": 9,
                     *           "paused_since": "2026-05-04T08:30:33Z",
                     *           "next_attempt_at": "2026-05-04T08:31:18Z",
                     *           "waiting_events": 12,
                     *           "waiting_bytes": 7404,
                     *           "most_waiting_events": 10000,
                     *           "most_waiting_bytes": 33554432,
                     *           "dropped_events": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["WebhookEndpoint"][];
                    };
                };
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "http://127.0.0.1:5050/webhooks/leadgrid"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uri
                     * @description Where to send the events, an http or https URL with any port.
                     */
                    url: string;
                };
            };
        };
        responses: {
            /** @description The endpoint with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "84f7b2ce-19d5-4a60-8e73-c5ad0f26b918",
                     *         "url": "http://127.0.0.1:5050/webhooks/leadgrid",
                     *         "secret": "whsec_9fQ2mXc7LrT4vB8n"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            /** @description The id of the endpoint. */
                            id: string;
                            /** @description Where events are sent. */
                            url: string;
                            /** @description The secret that signatures are made with. */
                            secret: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attempts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "endpoint_id": "84f7b2ce-19d5-4a60-8e73-c5ad0f26b918",
                     *           "event_id": "evt_7f15052434b945df",
                     *           "event_type": "dossier.created",
                     *           "attempt": 1,
                     *           "status": 503,
                     *           "delivered": false,
                     *           "attempted_at": "2026-05-04T08:30:01Z",
                     *           "reason": "Answered 503; only 2xx counts as received. It is sent again at 2026-05-04T08:30:02Z.",
                     *           "outcome": "retry",
                     *           "next_attempt_at": "2026-05-04T08:30:02Z",
                     *           "endpoint_state": "failing",
                     *           "request": {
                     *             "method": "POST",
                     *             "url": "http://127.0.0.1:5050/webhooks/leadgrid",
                     *             "headers": {
                     *               "Content-Type": "application/json",
                     *               "X-LeadGrid-Signature": "t=1777883401,v1=5f0c"
                     *             },
                     *             "body": "{\"id\":\"evt_7f15052434b945df\",\"type\":\"dossier.created\"}",
                     *             "body_bytes": 617
                     *           },
                     *           "answer": {
                     *             "status": 503,
                     *             "headers": {
                     *               "content-type": "text/plain"
                     *             },
                     *             "body": "Restarting.",
                     *             "body_end": "whole"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Delivery"][];
                    };
                };
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    setRateLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "requests": 5,
                 *       "window_seconds": 60
                 *     }
                 */
                "application/json": components["schemas"]["RateLimit"];
            };
        };
        responses: {
            /** @description The new rate limit applies. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    setPoolWindow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
                /**
                 * @description The id of the contact.
                 * @example 92276658-1e27-41c0-8a6a-63ec24ede6a4
                 */
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "until": "2026-12-31T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: date-time
                     * @description The end of the contact's time in the pool; null makes it a contact that was never in the pool.
                     */
                    until: string | null;
                };
            };
        };
        responses: {
            /** @description The contact's time in the pool is set. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    failNext: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organisation.
                 * @example 6513270e-269e-4d37-b2a7-4de452e6b438
                 */
                organization_id: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "next": "upload"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What should fail.
                     * @enum {string}
                     */
                    next: "upload" | "request";
                };
            };
        };
        responses: {
            /** @description The failure is set. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    getClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Clock"];
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    moveClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "advance_seconds": 60
                 *     }
                 */
                "application/json": {
                    /** @description How far to move the clock. */
                    advance_seconds: number;
                };
            };
        };
        responses: {
            200: components["responses"]["Clock"];
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
    reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything is reset. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refusal"];
            "5XX": components["responses"]["Fault"];
        };
    };
}
