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
         * @description Creates a dossier in the first stage of its flow: the given flow, or else the default flow of its
         *     type. The dossier is active.
         *
         *     **Contact.** With `contact_id` that contact is linked. Without it the dossier brings a contact of
         *     its own: named after the candidate, or after the contact person of a sale (or its name, if there
         *     is none), with the e-mail address, phone, company and role given, linked as the primary contact.
         *     If the address belongs to a contact already, that contact is linked instead, unchanged.
         *
         *     **Form.** As a form the same fields are sent as text, and a `cv` can come along. The dossier and
         *     its CV are one: if the CV fails, there is no dossier, no contact, no link and no event.
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
         * @description Answers one dossier of the organisation, archived or not.
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
         *     **Events.** Causes `dossier.deleted`, and `dossier.updated` because the status changed.
         *
         *     Required scope: `dossiers:write`.
         */
        delete: operations["archiveDossier"];
        options?: never;
        head?: never;
        /**
         * Change a dossier
         * @description Changes the fields that are sent and leaves the others. A new `current_stage_id` moves the dossier
         *     to another stage of its own flow; `status` archives it, or restores it from the archive.
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
         *     as the field `cv` of a form, or as the raw body.
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
         * @description Lists the contacts that stand on a dossier, with their roles, the primary one first.
         *
         *     Required scope: `contacts:read`.
         */
        get: operations["listDossierContacts"];
        put?: never;
        /**
         * Link a contact to a dossier
         * @description Links a contact to a dossier in a role. As primary contact it takes the place of the one before.
         *     A contact that is linked already gets the new role and rank.
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
         * @description Takes a contact off a dossier; both stay.
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
         * @description Creates a contact; only its name is required. An e-mail address that a contact of the organisation
         *     has already, in whatever case, is refused.
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
         * @description Answers one contact with its kinds and the number of its dossiers.
         *
         *     Required scope: `contacts:read`.
         */
        get: operations["getContact"];
        put?: never;
        post?: never;
        /**
         * Delete a contact
         * @description Deletes a contact for good, and its links with it. The dossiers that it was linked to stay.
         *
         *     Required scope: `contacts:write`.
         */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        /**
         * Change a contact
         * @description Changes the fields that are sent and leaves the others. `kind` replaces the whole set. The e-mail
         *     address stays unique in the organisation.
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
         * @description Lists the organisation's flows in pages, each with its stages by position.
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
         * @description Answers all stages of one flow by position, as one page.
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
         * @description Caused by every creation of a dossier: through the API, in the application or by e-mail.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own.
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
         * @description Caused by every change of a dossier: of any field, its stage and status included, and by a new CV. A move to another stage causes this event beside `dossier.stage_changed`.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own.
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
         * @description Caused by a new `current_stage_id`.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own.
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
         * @description Caused when the status becomes archived, by deletion or by a change.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own.
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
         * @description Caused by every new note on a dossier.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The moment of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, made with the
                     *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own.
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
        /** @description A dossier as a change answers it: the id, and any of the other fields. An optional field without a value is null or absent. */
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
            /** @description Sales only. The named contact at the target company. */
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
            /** @description What was noted at the intake. */
            intake_notes?: string | null;
            /** @description Where the CV is stored, as organisation, dossier and file name. */
            cv_url?: string | null;
            /** @description When the dossier was created. */
            created_at?: components["schemas"]["Timestamp"];
        };
        /** @description A dossier as it is created, read and listed. */
        Dossier: WithRequired<components["schemas"]["DossierPatched"], "type" | "name" | "current_stage_id">;
        /** @description What a page is a part of. */
        PageMeta: {
            /** @description How many items there are on all pages together, filters applied. */
            total: number;
            /** @description The number of this page. */
            page?: number;
            /** @description How many items a full page holds. */
            per_page?: number;
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
        /** @description An e-mail address, one `@` with something on both sides. */
        EmailAddress: string;
        /** @description An ISO 4217 currency code, such as `EUR`. */
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
            /** @description An existing contact of the organisation to link; without it the dossier brings a contact of its own. */
            contact_id?: components["schemas"]["Uuid"] | null;
            /** @description A flow of the organisation, instead of the default flow of the type. */
            flow_id?: components["schemas"]["Uuid"] | null;
            /** @description The id of the member that the dossier is assigned to. */
            assigned_to?: components["schemas"]["Uuid"] | null;
            /** @description What was noted at the intake. */
            intake_notes?: string | null;
            /** @description Sales only. The named contact at the target company. */
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
        /** @description A dossier to create from a form, the fields of the JSON form as text, and its CV. */
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
            /** @description The company or employer. */
            company?: string | null;
            /** @description The role. */
            role?: string | null;
            /** @description Sales only. The named contact at the target company. */
            contact_person?: string | null;
            /** @description Sales only. The expected value of the contract, in the currency's everyday unit. */
            deal_size?: number | null;
            /** @description Sales only. The ISO 4217 code of the deal's currency. */
            deal_currency?: components["schemas"]["CurrencyCode"] | null;
            /** @description The new status; archived archives, any other restores an archived dossier. */
            status?: components["schemas"]["DossierStatus"];
            /** @description The member to assign the dossier to; null takes it from whoever has it. */
            assigned_to?: components["schemas"]["Uuid"] | null;
            /** @description The new intake notes, in place of the old. */
            intake_notes?: string | null;
            /** @description The stage to move to, one of the dossier's own flow. */
            current_stage_id?: components["schemas"]["Uuid"];
        };
        /** @description A form with the CV. */
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
        /** @description A contact as it stands on a dossier. */
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
        /** @description Which contact to link, in which part. */
        NewDossierContactLink: {
            /** @description A contact of the organisation. */
            contact_id: components["schemas"]["Uuid"];
            role_on_dossier: components["schemas"]["RoleOnDossier"];
            /**
             * @description True makes this the primary contact, and the one before it is so no longer.
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
        /** @description The word that a contact no longer stands on a dossier. */
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
        /** @description A note as an event tells it. */
        NotePayload: {
            /** @description The note's id. */
            id: string;
            /** @description The dossier that the note is on. */
            dossier_id?: string;
            /** @description The text. */
            content?: string;
            /** @description Whether the note stays inside the organisation. */
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
             * @description Internal notes are not shared.
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
         * @description Now in the talent pool, or there once and past the window.
         * @enum {string}
         */
        PoolStatus: "in_pool" | "expired";
        /** @description A contact as a change answers it: the id, and any of the other fields. An optional field without a value is null or absent. */
        ContactPatched: {
            /** @description The contact's id. */
            id: components["schemas"]["Uuid"];
            /** @description The contact's whole name. */
            full_name?: string;
            /** @description The e-mail address, no other contact of the organisation has it in any case. */
            email?: string | null;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The address of the public LinkedIn profile. */
            linkedin_url?: string | null;
            /** @description The present employer or account. */
            company?: string | null;
            /** @description The job title or role. */
            role?: string | null;
            /** @description Where the contact lives. */
            city?: string | null;
            /** @description All that the contact is to the organisation. */
            kind?: components["schemas"]["ContactKind"][];
            /** @description Internal notes about the contact. */
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
            /** @description The e-mail address; unique in the organisation without regard to case. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The address of the public LinkedIn profile. */
            linkedin_url?: string | null;
            /** @description The present employer or account. */
            company?: string | null;
            /** @description The job title or role. */
            role?: string | null;
            /** @description Where the contact lives. */
            city?: string | null;
            /**
             * @description All that the contact is to the organisation.
             * @default []
             */
            kind: components["schemas"]["ContactKind"][];
            /** @description Internal notes about the contact. */
            notes?: string | null;
        };
        /** @description The word that a contact is gone for good. */
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
            /** @description The e-mail address; unique in the organisation without regard to case. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The address of the public LinkedIn profile. */
            linkedin_url?: string | null;
            /** @description The present employer or account. */
            company?: string | null;
            /** @description The job title or role. */
            role?: string | null;
            /** @description Where the contact lives. */
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
        /** @description What every webhook request tells. */
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
        /** @description The request lacks something, holds a value that is not allowed, or cannot be read. */
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
        /** @description The key is missing, malformed, unknown or expired. */
        Unauthorized: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
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
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
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
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
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
         *     endpoint's secret. Every attempt to deliver has a moment and a signature of its own.
         * @example t=1778240710,v1=5f0d8c1b7e2a49360c4fd5b8a1e97d24638b0a5fc2e1d7946f30b8ca5de21790
         */
        Signature: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description How many requests the organisation's plan allows in one window.
         * @example 600
         */
        RateLimitLimit: number;
        /**
         * @description How many requests of the current window are left.
         * @example 598
         */
        RateLimitRemaining: number;
        /**
         * @description When to try again: a number of seconds. A server may also give an HTTP date, as HTTP allows.
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
                 * @description Only dossiers that are in this stage now.
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
            400: components["responses"]["BadRequest"];
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
            400: components["responses"]["BadRequest"];
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
            400: components["responses"]["BadRequest"];
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
            400: components["responses"]["BadRequest"];
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
                 * @description Only contacts that are in the talent pool, or only those whose time in it has passed.
                 * @example in_pool
                 */
                pool?: components["schemas"]["PoolStatus"];
                /**
                 * @description Only contacts with this text in their name, e-mail address, company or role, whatever its case.
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
            400: components["responses"]["BadRequest"];
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
            400: components["responses"]["BadRequest"];
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
