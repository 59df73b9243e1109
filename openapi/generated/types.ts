// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/dossiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dossiers
         * @description Lists the organisation's dossiers in pages, the newest first. Filters can be combined; a dossier
         *     must meet all of them. Without a status filter archived dossiers are listed as well.
         *
         *     Required scope: `dossiers:read`.
         */
        get: operations["listDossiers"];
        put?: never;
        /**
         * Create a dossier
         * @description Creates a dossier in the first stage of its flow: the given flow, which must be of the dossier's
         *     type, or else the default flow of that type. The dossier is active.
         *
         *     **Contact.** With `contact_id` that contact is linked and stays as it is. Without it the dossier
         *     brings a contact of its own: named after the candidate, or after the contact person of a sale (or
         *     its name, if there is none), with the e-mail address, phone, company and role given. If the
         *     address belongs to a contact already, in whatever case, that contact is linked instead,
         *     unchanged. In each case it becomes the dossier's primary contact, in the role `primary`.
         *
         *     **Form.** As `multipart/form-data` the same fields are sent as text, and a `cv` can come along.
         *     The dossier and its CV are one: if the CV is refused or can't be stored, there is no dossier, no
         *     contact, no link and no event.
         *
         *     **Events.** Causes `dossier.created`.
         *
         *     Required scope: `dossiers:write`.
         */
        post: operations["createDossier"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dossiers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        /**
         * Read a dossier
         * @description Returns one dossier of the organisation, archived or not.
         *
         *     Required scope: `dossiers:read`.
         */
        get: operations["getDossier"];
        put?: never;
        post?: never;
        /**
         * Archive a dossier
         * @description Sets the status to archived and keeps all data; a change of the status restores it. Archiving an
         *     archived dossier succeeds and changes nothing.
         *
         *     **Events.** Causes `dossier.deleted`, and `dossier.updated` because the status changed; neither
         *     if the dossier was archived already.
         *
         *     Required scope: `dossiers:write`.
         */
        delete: operations["archiveDossier"];
        options?: never;
        head?: never;
        /**
         * Change a dossier
         * @description Changes the fields that are sent and leaves the others. A new `current_stage_id` moves the dossier
         *     to another stage of its own flow; `status` archives it, or restores it from the archive. The two
         *     are independent, and an archived dossier can be changed without being restored. The type and the
         *     flow of a dossier never change, and its contacts keep their own details.
         *
         *     **Events.** Every change causes `dossier.updated`; a move causes `dossier.stage_changed` as well,
         *     and archiving `dossier.deleted`. A request that changes nothing causes none.
         *
         *     Required scope: `dossiers:write`.
         */
        patch: operations["updateDossier"];
        trace?: never;
    };
    "/dossiers/{id}/cv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a CV
         * @description Attaches a PDF file of at most 10 MB to a dossier, in place of any earlier one. The file is sent
         *     as the field `cv` of a form, or as the raw body. What is empty, too large or no PDF by its first
         *     bytes is refused, and the earlier file stays.
         *
         *     **Events.** Causes `dossier.updated`.
         *
         *     Required scope: `dossiers:write`.
         */
        post: operations["uploadDossierCv"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dossiers/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        /**
         * List a dossier's contacts
         * @description Lists the contacts that are linked to a dossier in pages, with their roles: the primary one first,
         *     then the others in the order in which they were linked.
         *
         *     Required scope: `contacts:read`.
         */
        get: operations["listDossierContacts"];
        put?: never;
        /**
         * Link a contact to a dossier
         * @description Links a contact to a dossier in a role. As primary contact it takes the place of the one before,
         *     which stays linked in its role; the role named `primary` alone does not do that. If the contact
         *     is linked already, its link takes on what is sent. Links cause no events.
         *
         *     Required scopes: `contacts:write` and `dossiers:write`.
         */
        post: operations["linkDossierContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dossiers/{id}/contacts/{contact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
                /**
                 * @description The id of the linked contact. A malformed one is answered like one that is not linked.
                 * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
                 */
                contact_id: components["parameters"]["LinkedContactId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unlink a contact from a dossier
         * @description Takes a contact off a dossier; both stay. Without its primary contact the dossier has none.
         *
         *     Required scopes: `contacts:write` and `dossiers:write`.
         */
        delete: operations["unlinkDossierContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dossiers/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        /**
         * List a dossier's notes
         * @description Lists the notes of a dossier in pages, the oldest first.
         *
         *     Required scope: `notes:read`.
         */
        get: operations["listDossierNotes"];
        put?: never;
        /**
         * Add a note to a dossier
         * @description Adds a note to a dossier, internal unless said otherwise.
         *
         *     **Events.** Causes `note.created`.
         *
         *     Required scope: `notes:write`.
         */
        post: operations["createDossierNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts
         * @description Lists the organisation's contacts in pages, the newest first. Filters can be combined; a contact
         *     must meet all of them.
         *
         *     Required scope: `contacts:read`.
         */
        get: operations["listContacts"];
        put?: never;
        /**
         * Create a contact
         * @description Creates a contact, on no dossier yet; only its name is required. An e-mail address that a contact
         *     of the organisation has already, in whatever case, is refused. Contacts cause no events.
         *
         *     Required scope: `contacts:write`.
         */
        post: operations["createContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The contact's id. A malformed one is answered like an unknown one.
                 * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        /**
         * Read a contact
         * @description Returns one contact with its kinds and the number of its dossiers, archived ones included.
         *
         *     Required scope: `contacts:read`.
         */
        get: operations["getContact"];
        put?: never;
        post?: never;
        /**
         * Delete a contact
         * @description Deletes a contact for good, and its links with it. The dossiers that it was linked to stay; where
         *     it was the primary contact, there is none then. Its e-mail address is free for another contact.
         *
         *     Required scope: `contacts:write`.
         */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        /**
         * Change a contact
         * @description Changes the fields that are sent and leaves the others. `kind` replaces the whole set. The e-mail
         *     address stays unique in the organisation. The fields of the contact's dossiers stay as they are.
         *
         *     Required scope: `contacts:write`.
         */
        patch: operations["updateContact"];
        trace?: never;
    };
    "/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List flows
         * @description Lists the organisation's flows in pages, each with its stages by position. Default flows come
         *     first, then the others in the order in which they were created.
         *
         *     Required scope: `flows:read`.
         */
        get: operations["listFlows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{id}/stages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The flow's id. A malformed one is answered like an unknown one.
                 * @example 36f675cc-81e7-4ef5-a8e2-5d940ed90475
                 */
                id: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        /**
         * List the stages of a flow
         * @description Returns all stages of one flow by position, as a single page of just that size.
         *
         *     Required scope: `flows:read`.
         */
        get: operations["listFlowStages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "dossier.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A dossier was created
         * @description Caused by every creation of a dossier: through the API, in the application or by e-mail. It is the
         *     only event of a creation, with a CV or without.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own. A receiver
                     *     should pass over parts with other names.
                     * @example t=1778240710,v1=5f0d8c1b7e2a49360c4fd5b8a1e97d24638b0a5fc2e1d7946f30b8ca5de21790
                     */
                    "X-LeadGrid-Signature": components["parameters"]["Signature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Event"] & {
                        /** @constant */
                        type?: "dossier.created";
                        data?: components["schemas"]["DossierPatched"];
                    };
                };
            };
            responses: {
                /** @description Received; the event is not sent again. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken, and not followed; the event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dossier.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A dossier changed
         * @description Caused by every change of a dossier's fields, its stage and status included, and by a new CV. A
         *     request that changes several fields causes it once, one that changes nothing never. A move causes
         *     `dossier.stage_changed` beside it, and archiving `dossier.deleted`. Notes and links don't cause
         *     it.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own. A receiver
                     *     should pass over parts with other names.
                     * @example t=1778240710,v1=5f0d8c1b7e2a49360c4fd5b8a1e97d24638b0a5fc2e1d7946f30b8ca5de21790
                     */
                    "X-LeadGrid-Signature": components["parameters"]["Signature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Event"] & {
                        /** @constant */
                        type?: "dossier.updated";
                        data?: components["schemas"]["DossierPatched"];
                    };
                };
            };
            responses: {
                /** @description Received; the event is not sent again. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken, and not followed; the event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dossier.stage_changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A dossier moved
         * @description Caused when a dossier moves to another stage; `dossier.updated` is sent beside it. `data` has the
         *     new `current_stage_id`.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own. A receiver
                     *     should pass over parts with other names.
                     * @example t=1778240710,v1=5f0d8c1b7e2a49360c4fd5b8a1e97d24638b0a5fc2e1d7946f30b8ca5de21790
                     */
                    "X-LeadGrid-Signature": components["parameters"]["Signature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Event"] & {
                        /** @constant */
                        type?: "dossier.stage_changed";
                        data?: WithRequired<components["schemas"]["DossierPatched"], "current_stage_id" | "status">;
                    };
                };
            };
            responses: {
                /** @description Received; the event is not sent again. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken, and not followed; the event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dossier.deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A dossier was archived
         * @description Caused when the status becomes `archived`, by deletion or by a change; the dossier is kept.
         *     `dossier.updated` is sent beside it.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own. A receiver
                     *     should pass over parts with other names.
                     * @example t=1778240710,v1=5f0d8c1b7e2a49360c4fd5b8a1e97d24638b0a5fc2e1d7946f30b8ca5de21790
                     */
                    "X-LeadGrid-Signature": components["parameters"]["Signature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Event"] & {
                        /** @constant */
                        type?: "dossier.deleted";
                        data?: components["schemas"]["DossierPatched"];
                    };
                };
            };
            responses: {
                /** @description Received; the event is not sent again. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken, and not followed; the event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "note.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A note was added
         * @description Caused by every new note on a dossier. `data` is the note, internal or not.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own. A receiver
                     *     should pass over parts with other names.
                     * @example t=1778240710,v1=5f0d8c1b7e2a49360c4fd5b8a1e97d24638b0a5fc2e1d7946f30b8ca5de21790
                     */
                    "X-LeadGrid-Signature": components["parameters"]["Signature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Event"] & {
                        /** @constant */
                        type?: "note.created";
                        data?: components["schemas"]["NotePayload"];
                    };
                };
            };
            responses: {
                /** @description Received; the event is not sent again. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken, and not followed; the event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not taken; the event is sent again later, with the same id. */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * @description What the dossier tracks, a candidate in recruitment or a lead in sales.
         * @enum {string}
         */
        DossierType: "candidate" | "sales";
        /**
         * @description Where the dossier stands; archived is the soft deletion.
         * @enum {string}
         */
        DossierStatus: "active" | "won" | "lost" | "archived";
        /**
         * Format: uuid
         * @description A UUID.
         */
        Uuid: string;
        /** @description A moment in UTC as ISO 8601. This contract writes `2026-04-15T12:03:40Z`; every other ISO 8601 form that says UTC (a fraction, `+00:00`, the basic form) is as good. */
        Timestamp: string;
        /** @description A dossier in the answer to a change, or in an event: the id, and any of the other fields. An optional field without a value is null or absent. */
        DossierPatched: {
            /** @description The dossier's id. */
            id: string;
            type?: components["schemas"]["DossierType"];
            /** @description The candidate's name, or the name of the deal or account. */
            name?: string;
            /** @description The e-mail address given for the primary contact. */
            email?: string | null;
            /** @description The phone number given for the primary contact. */
            phone?: string | null;
            /** @description The candidate's present employer, or the company to sell to. */
            company?: string | null;
            /** @description The role that the candidate applies for, or the role of the contact in a sale. */
            role?: string | null;
            /** @description Sales only. Whom to speak to at the company, by name. */
            contact_person?: string | null;
            /** @description Sales only. The expected value of the contract, in the currency's everyday unit. */
            deal_size?: number | null;
            /** @description Sales only. The ISO 4217 code of the deal's currency. */
            deal_currency?: string | null;
            status?: components["schemas"]["DossierStatus"];
            /** @description The flow that the dossier goes through. */
            flow_id?: components["schemas"]["Uuid"];
            /** @description The stage that the dossier is in. */
            current_stage_id?: components["schemas"]["Uuid"];
            /**
             * Format: uuid
             * @description The id of the member that the dossier is assigned to.
             */
            assigned_to?: string | null;
            /** @description Notes of the intake or of the director, which the application shows with the dossier. */
            intake_notes?: string | null;
            /** @description Where the CV is stored, as organisation, dossier and file name. */
            cv_url?: string | null;
            /** @description When the dossier was created. */
            created_at?: components["schemas"]["Timestamp"];
        };
        /** @description A dossier as it is created, read and listed. */
        Dossier: WithRequired<components["schemas"]["DossierPatched"], "type" | "name" | "current_stage_id">;
        /** @description Where a page stands in its list. */
        PageMeta: {
            /** @description How many items there are on all pages together, filters applied. */
            total: number;
            /** @description The number of this page. */
            page: number;
            /** @description How many items a full page holds. */
            per_page: number;
        };
        /** @description What a refusal says, under `error` in its body. */
        Error: {
            /** @description What went wrong, as a stable word for programs. */
            code: string;
            /** @description What went wrong, as a sentence for people. */
            message: string;
        };
        /** @description A text with at least one character that is not white space. */
        FilledText: string;
        /** @description An e-mail address, one `@` with something on both sides and no white space. */
        EmailAddress: string;
        /** @description An ISO 4217 code in three capital letters, such as `EUR`. */
        CurrencyCode: string;
        /** @description What can be said of a dossier when it is created. A null counts as not given; a field that is not listed is ignored. */
        DossierDraft: {
            type: components["schemas"]["DossierType"];
            /** @description The candidate's name, or the name of the deal or account. */
            name: components["schemas"]["FilledText"];
            /** @description The primary contact's e-mail address. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The primary contact's phone number. */
            phone?: string | null;
            /** @description The candidate's present employer, or the company to sell to. */
            company?: string | null;
            /** @description The role that the candidate applies for, or the role of the contact in a sale. */
            role?: string | null;
            /** @description An existing contact of the organisation to link as the primary one; without it the dossier brings a contact of its own. */
            contact_id?: components["schemas"]["Uuid"] | null;
            /** @description A flow of the organisation and of the dossier's type, instead of the default one. */
            flow_id?: components["schemas"]["Uuid"] | null;
            /** @description The id of the member of the organisation to assign the dossier to; nobody if left out. */
            assigned_to?: components["schemas"]["Uuid"] | null;
            /** @description Notes of the intake or of the director, which the application shows with the dossier. */
            intake_notes?: string | null;
            /** @description Sales only. Whom to speak to at the company, by name. */
            contact_person?: string | null;
            /** @description Sales only. The expected value of the contract, in the currency's everyday unit. */
            deal_size?: number | null;
            /** @description Sales only. The ISO 4217 code of the deal's currency. */
            deal_currency?: components["schemas"]["CurrencyCode"] | null;
        };
        /** @description A candidate has no values in the fields that belong to sales. */
        SalesOnlyFields: unknown;
        /** @description A dossier to create. */
        NewDossier: components["schemas"]["DossierDraft"] & components["schemas"]["SalesOnlyFields"];
        /**
         * Format: binary
         * @description A PDF file of at most 10 MB.
         */
        Cv: string;
        /** @description A dossier to create, with its CV, from a form. The fields are those of the JSON body, each once and as text: `deal_size` is the text of a number. A form knows no null; what has no value is left out. */
        NewDossierForm: components["schemas"]["DossierDraft"] & components["schemas"]["SalesOnlyFields"] & {
            cv?: components["schemas"]["Cv"];
        };
        /** @description A dossier that was just archived. */
        DossierArchived: components["schemas"]["DossierPatched"] & {
            /**
             * @description Always archived.
             * @constant
             */
            status: "archived";
        };
        /** @description Any subset of a dossier's fields. A field that is left out stays; null clears an optional one; a field that is not listed is ignored. */
        DossierChanges: {
            /** @description The new name. */
            name?: components["schemas"]["FilledText"];
            /** @description The primary contact's e-mail address. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The primary contact's phone number. */
            phone?: string | null;
            /** @description The candidate's present employer, or the company to sell to. */
            company?: string | null;
            /** @description The role that the candidate applies for, or the role of the contact in a sale. */
            role?: string | null;
            /** @description Sales only. Whom to speak to at the company, by name. */
            contact_person?: string | null;
            /** @description Sales only. The expected value of the contract, in the currency's everyday unit. */
            deal_size?: number | null;
            /** @description Sales only. The ISO 4217 code of the deal's currency. */
            deal_currency?: components["schemas"]["CurrencyCode"] | null;
            /** @description The new status; `archived` archives, and any other restores an archived dossier. */
            status?: components["schemas"]["DossierStatus"];
            /** @description The member to assign the dossier to; null takes it from whoever has it. */
            assigned_to?: components["schemas"]["Uuid"] | null;
            /** @description The new intake notes, in place of the old. */
            intake_notes?: string | null;
            /** @description The stage to move to, one of the dossier's own flow. */
            current_stage_id?: components["schemas"]["Uuid"];
        };
        /** @description A form with one PDF file in the field `cv`. */
        CvForm: {
            cv: components["schemas"]["Cv"];
        };
        /** @description A dossier that just got a CV. */
        DossierCv: components["schemas"]["DossierPatched"] & {
            /** @description Where the new CV is stored. */
            cv_url: string;
        };
        /**
         * @description The part that a contact plays on a dossier.
         * @enum {string}
         */
        RoleOnDossier: "primary" | "hiring_manager" | "decision_maker" | "champion" | "gatekeeper" | "introducer" | "other";
        /** @description A contact that is linked to a dossier. */
        DossierContact: {
            /** @description The contact's id. */
            contact_id: components["schemas"]["Uuid"];
            /** @description The contact's whole name. */
            full_name: string;
            /** @description The contact's e-mail address. */
            email?: string | null;
            /** @description The contact's employer or account. */
            company?: string | null;
            role_on_dossier: components["schemas"]["RoleOnDossier"];
            /** @description Whether this is the dossier's primary contact; at most one is. */
            is_primary: boolean;
        };
        /** @description Which contact to link, in which role. */
        NewDossierContactLink: {
            /** @description A contact of the organisation. */
            contact_id: components["schemas"]["Uuid"];
            role_on_dossier: components["schemas"]["RoleOnDossier"];
            /**
             * @description True makes this the primary contact, in place of the one before.
             * @default false
             */
            is_primary: boolean;
        };
        /** @description A link between a dossier and a contact. */
        DossierContactLink: {
            /** @description The dossier's id. */
            dossier_id: string;
            /** @description The contact's id. */
            contact_id: components["schemas"]["Uuid"];
            role_on_dossier: components["schemas"]["RoleOnDossier"];
            /** @description Whether the contact is now the dossier's primary one. */
            is_primary: boolean;
        };
        /** @description The confirmation that a contact is no longer linked to a dossier. */
        DossierContactUnlinked: {
            /** @description The dossier's id. */
            dossier_id: string;
            /** @description The contact's id. */
            contact_id: components["schemas"]["Uuid"];
            /**
             * @description Always true.
             * @constant
             */
            unlinked: true;
        };
        /** @description A note in an event, the id and any of the other fields. */
        NotePayload: {
            /** @description The note's id. */
            id: string;
            /** @description The dossier that the note is on. */
            dossier_id?: string;
            /** @description The text. */
            content?: string;
            /** @description Whether the note is kept inside the organisation. */
            is_internal?: boolean;
            /** @description When the note was added. */
            created_at?: components["schemas"]["Timestamp"];
        };
        /** @description One entry of a dossier's timeline. */
        Note: WithRequired<components["schemas"]["NotePayload"], "dossier_id" | "content" | "is_internal" | "created_at">;
        /** @description A note to add. */
        NewNote: {
            /** @description The text; it cannot be empty or blank. */
            content: components["schemas"]["FilledText"];
            /**
             * @description True keeps the note inside the organisation; false lets it be shared.
             * @default true
             */
            is_internal: boolean;
        };
        /**
         * @description What a contact is to the organisation; one contact can be several.
         * @enum {string}
         */
        ContactKind: "candidate" | "prospect" | "client" | "supplier" | "partner";
        /**
         * @description In the talent pool now, or there once and past the time set for it.
         * @enum {string}
         */
        PoolStatus: "in_pool" | "expired";
        /** @description A contact in the answer to a change: the id, and any of the other fields. An optional field without a value is null or absent. */
        ContactPatched: {
            /** @description The contact's id. */
            id: components["schemas"]["Uuid"];
            /** @description The contact's whole name. */
            full_name?: string;
            /** @description The e-mail address. No other contact of the organisation has it, in whatever letter case. */
            email?: string | null;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The address of the public LinkedIn profile. */
            linkedin_url?: string | null;
            /** @description The present employer or account. */
            company?: string | null;
            /** @description The job title or role. */
            role?: string | null;
            /** @description The city where the contact lives. */
            city?: string | null;
            /** @description All that the contact is to the organisation. */
            kind?: components["schemas"]["ContactKind"][];
            /** @description Internal notes in free text, which the application shows with the contact. */
            notes?: string | null;
            /** @description How many dossiers the contact is linked to, archived ones included. */
            dossier_count?: number;
            /** @description When the contact was created. */
            created_at?: components["schemas"]["Timestamp"];
        };
        /** @description A contact as it is created, read and listed. */
        Contact: WithRequired<components["schemas"]["ContactPatched"], "full_name" | "kind" | "dossier_count">;
        /** @description A contact to create. A null counts as not given; a field that is not listed is ignored. */
        NewContact: {
            /** @description The contact's whole name. */
            full_name: components["schemas"]["FilledText"];
            /** @description The e-mail address; no other contact of the organisation may have it, in whatever letter case. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The address of the public LinkedIn profile. */
            linkedin_url?: string | null;
            /** @description The present employer or account. */
            company?: string | null;
            /** @description The job title or role. */
            role?: string | null;
            /** @description The city where the contact lives. */
            city?: string | null;
            /**
             * @description All that the contact is to the organisation; null is refused.
             * @default []
             */
            kind: components["schemas"]["ContactKind"][];
            /** @description Internal notes in free text, which the application shows with the contact. */
            notes?: string | null;
        };
        /** @description The confirmation that a contact is gone for good. */
        ContactDeleted: {
            /** @description The id that the contact had. */
            id: components["schemas"]["Uuid"];
            /**
             * @description Always true.
             * @constant
             */
            deleted: true;
        };
        /** @description Any subset of a contact's fields. A field that is left out stays; null clears an optional one; a field that is not listed is ignored. */
        ContactChanges: {
            /** @description The new name. */
            full_name?: components["schemas"]["FilledText"];
            /** @description The e-mail address; no other contact of the organisation may have it, in whatever letter case. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The address of the public LinkedIn profile. */
            linkedin_url?: string | null;
            /** @description The present employer or account. */
            company?: string | null;
            /** @description The job title or role. */
            role?: string | null;
            /** @description The city where the contact lives. */
            city?: string | null;
            /** @description The complete new set of kinds, in place of the old. */
            kind?: components["schemas"]["ContactKind"][];
            /** @description The new internal notes, in place of the old. */
            notes?: string | null;
        };
        /** @description One step of a flow. */
        Stage: {
            /** @description The stage's id. */
            id: components["schemas"]["Uuid"];
            /** @description The stage's name. */
            name: string;
            /** @description Where the stage stands in its flow; lower comes first. */
            position: number;
            /** @description Within how many days a dossier should move on, where there is a deadline. */
            deadline_days?: number | null;
            /** @description How likely a win is from here, in per cent, where it is known. */
            win_probability?: number | null;
            /** @description The colour that the stage is shown in. */
            color?: string | null;
        };
        /** @description A pipeline with its stages in order. */
        Flow: {
            /** @description The flow's id. */
            id: components["schemas"]["Uuid"];
            /** @description The flow's name. */
            name: string;
            type: components["schemas"]["DossierType"];
            /** @description Whether new dossiers of the type go here when no flow is given. */
            is_default: boolean;
            /** @description The stages, by position. */
            stages: components["schemas"]["Stage"][];
        };
        /** @description What every webhook request says. */
        Event: {
            /** @description The event's id, unlike that of any other event and the same on every retry. */
            id: string;
            /** @description What happened. */
            type: string;
            /** @description When it happened. */
            created_at: components["schemas"]["Timestamp"];
            /** @description What it happened to, an object with an id; its shape depends on the type. */
            data: unknown;
        };
    };
    responses: {
        /** @description A query parameter has a value that is not allowed, or is given more than once. */
        BadQuery: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "invalid_body";
                    };
                };
            };
        };
        /** @description The key is missing, malformed, unknown or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "unauthorized";
                    };
                };
            };
        };
        /** @description The organisation's plan has no API access. */
        PlanRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "plan_required";
                    };
                };
            };
        };
        /** @description The key lacks a scope that the operation needs. */
        Forbidden: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "forbidden";
                    };
                };
            };
        };
        /** @description The organisation spent what its plan allows in this window. */
        RateLimited: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitSpent"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
        };
        /** @description The server failed and changed nothing; the request can be sent again. */
        InternalError: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "internal";
                    };
                };
            };
        };
        /** @description The body lacks a required field, holds a value that is not allowed, or cannot be read. */
        BadRequest: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "invalid_body";
                    };
                };
            };
        };
        /** @description The contact or the flow that the body names is not in the key's organisation. */
        ReferenceNotFound: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
        };
        /** @description There is no such dossier in the key's organisation. */
        DossierNotFound: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
        };
        /** @description There is no PDF file of at most 10 MB in the request, or the form cannot be read. */
        BadUpload: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "invalid_body";
                    };
                };
            };
        };
        /** @description The dossier, or the contact that the body names, is not in the key's organisation. */
        DossierOrContactNotFound: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
        };
        /** @description There is no such dossier in the key's organisation, or the contact is not linked to it. */
        LinkNotFound: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
        };
        /** @description Another contact of the organisation has this e-mail address, in whatever case. */
        DuplicateContact: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "duplicate_contact";
                    };
                };
            };
        };
        /** @description There is no such contact in the key's organisation. */
        ContactNotFound: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
        };
        /** @description There is no such flow in the key's organisation. */
        FlowNotFound: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
        };
    };
    parameters: {
        /**
         * @description Which page, counted from 1. A page beyond the last one is empty.
         * @example 1
         */
        Page: number;
        /**
         * @description How many items a page holds; more than the maximum is refused.
         * @example 25
         */
        PerPage: number;
        /**
         * @description The dossier's id. A malformed one is answered like an unknown one.
         * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
         */
        DossierId: string;
        /**
         * @description The id of the linked contact. A malformed one is answered like one that is not linked.
         * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
         */
        LinkedContactId: string;
        /**
         * @description The contact's id. A malformed one is answered like an unknown one.
         * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
         */
        ContactId: string;
        /**
         * @description The flow's id. A malformed one is answered like an unknown one.
         * @example 36f675cc-81e7-4ef5-a8e2-5d940ed90475
         */
        FlowId: string;
        /**
         * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
         *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
         *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own. A receiver
         *     should pass over parts with other names.
         * @example t=1778240710,v1=5f0d8c1b7e2a49360c4fd5b8a1e97d24638b0a5fc2e1d7946f30b8ca5de21790
         */
        Signature: string & (unknown & unknown);
    };
    requestBodies: never;
    headers: {
        /**
         * @description How many requests the organisation's plan allows in one window of time.
         * @example 600
         */
        RateLimitLimit: number;
        /**
         * @description How many requests of the current window are left.
         * @example 598
         */
        RateLimitRemaining: number;
        /**
         * @description How many requests of the current window are left, which is none.
         * @example 0
         */
        RateLimitSpent: number;
        /**
         * @description After how many seconds to try again. A server may also give an HTTP date, as HTTP allows.
         * @example 17
         */
        RetryAfter: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listDossiers: {
        parameters: {
            query?: {
                /**
                 * @description Only dossiers of this type.
                 * @example candidate
                 */
                type?: components["schemas"]["DossierType"];
                /**
                 * @description Only dossiers with this status.
                 * @example active
                 */
                status?: components["schemas"]["DossierStatus"];
                /**
                 * @description Only dossiers that are in this stage now; there are none in a stage that does not exist.
                 * @example 8d116ece-1738-47d9-bd9c-172411e20b8f
                 */
                stage_id?: components["schemas"]["Uuid"];
                /**
                 * @description Which page, counted from 1. A page beyond the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds; more than the maximum is refused.
                 * @example 25
                 */
                per_page?: components["parameters"]["PerPage"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dossiers. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Dossier"][];
                        meta: components["schemas"]["PageMeta"];
                    };
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    createDossier: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDossier"];
                "multipart/form-data": components["schemas"]["NewDossierForm"];
            };
        };
        responses: {
            /** @description The new dossier. */
            201: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Dossier"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ReferenceNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getDossier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dossier. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Dossier"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DossierNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    archiveDossier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The archived dossier. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DossierArchived"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DossierNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    updateDossier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DossierChanges"];
            };
        };
        responses: {
            /** @description The changed dossier. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DossierPatched"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DossierNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    uploadDossierCv: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["CvForm"];
                "application/pdf": components["schemas"]["Cv"];
            };
        };
        responses: {
            /** @description The dossier with its CV. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DossierCv"];
                    };
                };
            };
            400: components["responses"]["BadUpload"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DossierNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    listDossierContacts: {
        parameters: {
            query?: {
                /**
                 * @description Which page, counted from 1. A page beyond the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds; more than the maximum is refused.
                 * @example 25
                 */
                per_page?: components["parameters"]["PerPage"];
            };
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the dossier's contacts. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DossierContact"][];
                        meta: components["schemas"]["PageMeta"];
                    };
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DossierNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    linkDossierContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDossierContactLink"];
            };
        };
        responses: {
            /** @description The link. */
            201: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DossierContactLink"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DossierOrContactNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    unlinkDossierContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
                /**
                 * @description The id of the linked contact. A malformed one is answered like one that is not linked.
                 * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
                 */
                contact_id: components["parameters"]["LinkedContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link is gone. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DossierContactUnlinked"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["LinkNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    listDossierNotes: {
        parameters: {
            query?: {
                /**
                 * @description Which page, counted from 1. A page beyond the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds; more than the maximum is refused.
                 * @example 25
                 */
                per_page?: components["parameters"]["PerPage"];
            };
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the dossier's notes. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Note"][];
                        meta: components["schemas"]["PageMeta"];
                    };
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DossierNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    createDossierNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dossier's id. A malformed one is answered like an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description The new note. */
            201: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Note"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DossierNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /**
                 * @description Only contacts of any of these kinds; the parameter is repeated for each.
                 * @example [
                 *       "client",
                 *       "partner"
                 *     ]
                 */
                kind?: components["schemas"]["ContactKind"][];
                /**
                 * @description Only contacts that are in the talent pool now, or only those whose time in it has passed. Who never was in it is listed under neither.
                 * @example in_pool
                 */
                pool?: components["schemas"]["PoolStatus"];
                /**
                 * @description Only contacts with this text anywhere in their name, e-mail address, company or role, whatever its case. No character has a special meaning, and white space around the text is disregarded.
                 * @example tulp
                 */
                search?: string;
                /**
                 * @description Which page, counted from 1. A page beyond the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds; more than the maximum is refused.
                 * @example 25
                 */
                per_page?: components["parameters"]["PerPage"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of contacts. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Contact"][];
                        meta: components["schemas"]["PageMeta"];
                    };
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    createContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description The new contact. */
            201: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Contact"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["DuplicateContact"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The contact's id. A malformed one is answered like an unknown one.
                 * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Contact"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ContactNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The contact's id. A malformed one is answered like an unknown one.
                 * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact is gone. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ContactDeleted"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ContactNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    updateContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The contact's id. A malformed one is answered like an unknown one.
                 * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactChanges"];
            };
        };
        responses: {
            /** @description The changed contact. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ContactPatched"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ContactNotFound"];
            409: components["responses"]["DuplicateContact"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    listFlows: {
        parameters: {
            query?: {
                /**
                 * @description Only flows of this type.
                 * @example candidate
                 */
                type?: components["schemas"]["DossierType"];
                /**
                 * @description Which page, counted from 1. A page beyond the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many items a page holds; more than the maximum is refused.
                 * @example 25
                 */
                per_page?: components["parameters"]["PerPage"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of flows. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Flow"][];
                        meta: components["schemas"]["PageMeta"];
                    };
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    listFlowStages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The flow's id. A malformed one is answered like an unknown one.
                 * @example 36f675cc-81e7-4ef5-a8e2-5d940ed90475
                 */
                id: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stages. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Stage"][];
                        meta: components["schemas"]["PageMeta"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["FlowNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
