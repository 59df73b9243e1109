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
         * @description Lists the organisation's dossiers in pages, newest first. Filters can be combined; a dossier
         *     must match all of them. Without a status filter, archived dossiers are listed too.
         *
         *     Required scope: `dossiers:read`.
         */
        get: operations["listDossiers"];
        put?: never;
        /**
         * Create a dossier
         * @description Creates a dossier in the first stage of its flow: the given flow, which must have the dossier's
         *     type, or else the default flow of that type. The dossier is active.
         *
         *     **Contact.** With `contact_id`, that contact is linked and does not change. Without it, a
         *     contact is created with the given e-mail address, phone, company and role. It is named after the
         *     candidate or, for a sale, after the contact person (or the dossier, if there is no contact
         *     person). If a contact already has the e-mail address, ignoring letter case, that contact is
         *     linked instead and does not change. In each case the contact becomes the dossier's primary
         *     contact, in the role `primary`.
         *
         *     **Form.** As `multipart/form-data`, the same fields are sent as text, and a `cv` can be
         *     included. The request is atomic: if the CV is refused or can't be stored, there is no dossier,
         *     contact, link or event.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a dossier
         * @description Returns one dossier of the organisation, whether archived or not.
         *
         *     Required scope: `dossiers:read`.
         */
        get: operations["getDossier"];
        put?: never;
        post?: never;
        /**
         * Archive a dossier
         * @description Sets the status to `archived` and keeps all data. A change of the status restores the dossier.
         *     Archiving an archived dossier succeeds and changes nothing.
         *
         *     **Events.** Causes `dossier.deleted`, and `dossier.updated` because the status changes. If the
         *     dossier was already archived, neither is sent.
         *
         *     Required scope: `dossiers:write`.
         */
        delete: operations["archiveDossier"];
        options?: never;
        head?: never;
        /**
         * Update a dossier
         * @description Changes the fields that are sent and keeps the others. A new `current_stage_id` moves the
         *     dossier to another stage of its flow; `status` archives or restores it. The two are independent:
         *     an archived dossier can be updated without being restored. The type and flow of a dossier never
         *     change. Its contacts keep their own details.
         *
         *     **Events.** Every change causes `dossier.updated`. A move also causes `dossier.stage_changed`,
         *     and archiving also causes `dossier.deleted`. A request that changes nothing causes no event.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
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
         * @description Attaches a PDF file of at most 10 MB to a dossier, replacing any earlier CV. The file is sent in
         *     the form field `cv` or as the raw body. A file that is empty, too large, or not a PDF by its
         *     first bytes is refused, and the earlier CV stays.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        /**
         * List a dossier's contacts
         * @description Lists the contacts linked to a dossier in pages, with their roles: the primary contact first,
         *     then the others in the order in which they were linked.
         *
         *     Required scope: `contacts:read`.
         */
        get: operations["listDossierContacts"];
        put?: never;
        /**
         * Link a contact to a dossier
         * @description Links a contact to a dossier in a role. A contact linked as primary replaces the previous
         *     primary contact, which stays linked in its role. The role `primary` alone does not make a
         *     contact primary. If the contact is already linked, its link is updated to what is sent. Links
         *     cause no events.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
                /**
                 * @description The id of the linked contact. A malformed id gets the same response as the id of a contact that is not linked.
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
         * @description Removes the link between a contact and a dossier; both stay. A dossier whose primary contact is
         *     unlinked has none.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
            };
            cookie?: never;
        };
        /**
         * List a dossier's notes
         * @description Lists the notes of a dossier in pages, oldest first.
         *
         *     Required scope: `notes:read`.
         */
        get: operations["listDossierNotes"];
        put?: never;
        /**
         * Add a note to a dossier
         * @description Adds a note to a dossier. It is internal unless the request says otherwise.
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
         * @description Lists the organisation's contacts in pages, newest first. Filters can be combined; a contact
         *     must match all of them.
         *
         *     Required scope: `contacts:read`.
         */
        get: operations["listContacts"];
        put?: never;
        /**
         * Create a contact
         * @description Creates a contact that is not linked to any dossier. Only the name is required. An e-mail
         *     address that another contact of the organisation already has, ignoring letter case, is refused.
         *     Contacts cause no events.
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
                 * @description The id of the contact. A malformed id gets the same response as an unknown one.
                 * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a contact
         * @description Returns one contact with its kinds and its number of dossiers, including archived ones.
         *
         *     Required scope: `contacts:read`.
         */
        get: operations["getContact"];
        put?: never;
        post?: never;
        /**
         * Delete a contact
         * @description Deletes a contact permanently, together with its links. The dossiers that it was linked to stay.
         *     A dossier whose primary contact is deleted has none. The e-mail address can be used for another
         *     contact.
         *
         *     Required scope: `contacts:write`.
         */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        /**
         * Update a contact
         * @description Changes the fields that are sent and keeps the others. `kind` replaces the whole set. The e-mail
         *     address must stay unique in the organisation. The fields of the contact's dossiers do not
         *     change.
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
         * @description Lists the organisation's flows in pages, each with its stages ordered by position. Default flows
         *     come first, then the others in the order of their creation.
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
                 * @description The id of the flow. A malformed id gets the same response as an unknown one.
                 * @example 36f675cc-81e7-4ef5-a8e2-5d940ed90475
                 */
                id: components["parameters"]["FlowId"];
            };
            cookie?: never;
        };
        /**
         * List the stages of a flow
         * @description Returns all stages of one flow, ordered by position, on one page that has exactly their number
         *     as its size.
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
         * @description Sent for every new dossier, whether created through the API, in the application or by e-mail. It
         *     is the only event of a creation, with or without a CV.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The time of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, keyed with the
                     *     endpoint's secret. Each delivery attempt has its own time and signature. Receivers should ignore
                     *     parts with other names.
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
                /** @description Not received, and the redirect is not followed. The event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
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
         * A dossier was updated
         * @description Sent for every change of a dossier's fields, including stage and status, and for a new CV. A
         *     request that changes several fields sends it once; a request that changes nothing does not send
         *     it. A move also sends `dossier.stage_changed`, and archiving also sends `dossier.deleted`. Notes
         *     and links don't send it.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The time of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, keyed with the
                     *     endpoint's secret. Each delivery attempt has its own time and signature. Receivers should ignore
                     *     parts with other names.
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
                /** @description Not received, and the redirect is not followed. The event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
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
         * A dossier moved to another stage
         * @description Sent when a dossier moves to another stage. `dossier.updated` is sent as well. `data` has the
         *     new `current_stage_id`.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The time of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, keyed with the
                     *     endpoint's secret. Each delivery attempt has its own time and signature. Receivers should ignore
                     *     parts with other names.
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
                /** @description Not received, and the redirect is not followed. The event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
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
         * @description Sent when the status becomes `archived`, by deletion or by an update. The dossier is kept.
         *     `dossier.updated` is sent as well.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The time of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, keyed with the
                     *     endpoint's secret. Each delivery attempt has its own time and signature. Receivers should ignore
                     *     parts with other names.
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
                /** @description Not received, and the redirect is not followed. The event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
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
         * @description Sent for every new note on a dossier. `data` is the note, whether internal or not.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The time of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
                     *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, keyed with the
                     *     endpoint's secret. Each delivery attempt has its own time and signature. Receivers should ignore
                     *     parts with other names.
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
                /** @description Not received, and the redirect is not followed. The event is sent again later, with the same id. */
                "3XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Not received. The event is sent again later, with the same id. */
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
         * @description What the dossier tracks: a candidate in recruitment or a lead in sales.
         * @enum {string}
         */
        DossierType: "candidate" | "sales";
        /**
         * @description The status of a dossier. `archived` means that it is soft-deleted.
         * @enum {string}
         */
        DossierStatus: "active" | "won" | "lost" | "archived";
        /**
         * Format: uuid
         * @description A UUID.
         */
        Uuid: string;
        /** @description A time in UTC as ISO 8601. This contract writes `2026-04-15T12:03:40Z`; every other ISO 8601 form that states UTC (with a fraction, with `+00:00`, or in the basic format) is equally valid. */
        Timestamp: string;
        /** @description A dossier in the response to an update, or in an event: the id, and any of the other fields. An optional field without a value is null or absent. */
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
            /** @description The candidate's present employer, or the target company of a sale. */
            company?: string | null;
            /** @description The role that the candidate applies for, or the role of the contact in a sale. */
            role?: string | null;
            /** @description Sales only. Named contact at the target company. */
            contact_person?: string | null;
            /** @description Sales only. Expected value of the contract, in the main unit of the currency (euros, not cents). */
            deal_size?: number | null;
            /** @description Sales only. ISO 4217 code of the deal's currency. */
            deal_currency?: string | null;
            status?: components["schemas"]["DossierStatus"];
            /** @description The flow that the dossier is in. */
            flow_id?: components["schemas"]["Uuid"];
            /** @description The stage that the dossier is in. */
            current_stage_id?: components["schemas"]["Uuid"];
            /**
             * Format: uuid
             * @description The id of the member that the dossier is assigned to.
             */
            assigned_to?: string | null;
            /** @description Notes of the intake or the director, shown with the dossier in the application. */
            intake_notes?: string | null;
            /** @description Where the CV is stored: organisation, dossier and file name. */
            cv_url?: string | null;
            /** @description When the dossier was created. */
            created_at?: components["schemas"]["Timestamp"];
        };
        /** @description A dossier, as returned when it is created, retrieved or listed. */
        Dossier: WithRequired<components["schemas"]["DossierPatched"], "type" | "name" | "current_stage_id">;
        /** @description The position of a page in its list, and the size of the list. */
        PageMeta: {
            /** @description Number of items on all pages together, after filtering. */
            total: number;
            /** @description The number of this page. */
            page: number;
            /** @description Number of items on a full page. */
            per_page: number;
        };
        /** @description The details of a refused or failed request, in the field `error` of the response body. */
        Error: {
            /** @description A stable error code, for programs. */
            code: string;
            /** @description An error message, for people. */
            message: string;
        };
        /** @description A text with at least one character that is not white space. */
        FilledText: string;
        /** @description An e-mail address: one `@` with at least one character on each side, and no white space. */
        EmailAddress: string;
        /** @description An ISO 4217 code in three capital letters, such as `EUR`. */
        CurrencyCode: string;
        /** @description The fields that can be sent when a dossier is created. Null counts as leaving the field out; an unknown field is ignored. */
        DossierDraft: {
            type: components["schemas"]["DossierType"];
            /** @description The candidate's name, or the name of the deal or account. */
            name: components["schemas"]["FilledText"];
            /** @description The primary contact's e-mail address. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The primary contact's phone number. */
            phone?: string | null;
            /** @description The candidate's present employer, or the target company of a sale. */
            company?: string | null;
            /** @description The role that the candidate applies for, or the role of the contact in a sale. */
            role?: string | null;
            /** @description An existing contact of the organisation, to be linked as the primary contact. Without it, a contact is created for the dossier. */
            contact_id?: components["schemas"]["Uuid"] | null;
            /** @description A flow of the organisation with the dossier's type, used instead of the default flow. */
            flow_id?: components["schemas"]["Uuid"] | null;
            /** @description The id of the member of the organisation to assign the dossier to. Without it, the dossier is unassigned. */
            assigned_to?: components["schemas"]["Uuid"] | null;
            /** @description Notes of the intake or the director, shown with the dossier in the application. */
            intake_notes?: string | null;
            /** @description Sales only. Named contact at the target company. */
            contact_person?: string | null;
            /** @description Sales only. Expected value of the contract, in the main unit of the currency (euros, not cents). */
            deal_size?: number | null;
            /** @description Sales only. ISO 4217 code of the deal's currency. */
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
        /** @description A dossier to create, with its CV, as a form. The fields are those of the JSON body, each sent once and as text: `deal_size` is a number written as text. A form has no null: a field without a value is left out. */
        NewDossierForm: components["schemas"]["DossierDraft"] & components["schemas"]["SalesOnlyFields"] & {
            cv?: components["schemas"]["Cv"];
        };
        /** @description A dossier that has just been archived. */
        DossierArchived: components["schemas"]["DossierPatched"] & {
            /**
             * @description Always `archived`.
             * @constant
             */
            status: "archived";
        };
        /** @description Any subset of a dossier's fields. A field that is left out keeps its value; null clears an optional field; an unknown field is ignored. */
        DossierChanges: {
            /** @description The new name. */
            name?: components["schemas"]["FilledText"];
            /** @description The primary contact's e-mail address. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The primary contact's phone number. */
            phone?: string | null;
            /** @description The candidate's present employer, or the target company of a sale. */
            company?: string | null;
            /** @description The role that the candidate applies for, or the role of the contact in a sale. */
            role?: string | null;
            /** @description Sales only. Named contact at the target company. */
            contact_person?: string | null;
            /** @description Sales only. Expected value of the contract, in the main unit of the currency (euros, not cents). */
            deal_size?: number | null;
            /** @description Sales only. ISO 4217 code of the deal's currency. */
            deal_currency?: components["schemas"]["CurrencyCode"] | null;
            /** @description The new status. `archived` archives the dossier; any other status restores an archived dossier. */
            status?: components["schemas"]["DossierStatus"];
            /** @description The member to assign the dossier to; null unassigns. */
            assigned_to?: components["schemas"]["Uuid"] | null;
            /** @description The new intake notes, replacing the old ones. */
            intake_notes?: string | null;
            /** @description The stage to move the dossier to, in the dossier's own flow. */
            current_stage_id?: components["schemas"]["Uuid"];
        };
        /** @description A form with one PDF file in the field `cv`. */
        CvForm: {
            cv: components["schemas"]["Cv"];
        };
        /** @description A dossier whose CV has just been uploaded. */
        DossierCv: components["schemas"]["DossierPatched"] & {
            /** @description Where the new CV is stored. */
            cv_url: string;
        };
        /**
         * @description The role of a contact on a dossier.
         * @enum {string}
         */
        RoleOnDossier: "primary" | "hiring_manager" | "decision_maker" | "champion" | "gatekeeper" | "introducer" | "other";
        /** @description A contact that is linked to a dossier. */
        DossierContact: {
            /** @description The contact's id. */
            contact_id: components["schemas"]["Uuid"];
            /** @description The full name of the contact. */
            full_name: string;
            /** @description The contact's e-mail address. */
            email?: string | null;
            /** @description The contact's employer or account. */
            company?: string | null;
            role_on_dossier: components["schemas"]["RoleOnDossier"];
            /** @description Whether this is the dossier's primary contact. A dossier has at most one. */
            is_primary: boolean;
        };
        /** @description The contact to link, and its role. */
        NewDossierContactLink: {
            /** @description A contact of the organisation. */
            contact_id: components["schemas"]["Uuid"];
            role_on_dossier: components["schemas"]["RoleOnDossier"];
            /**
             * @description True makes this the primary contact, replacing the previous one.
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
            /** @description Whether the contact is now the dossier's primary contact. */
            is_primary: boolean;
        };
        /** @description Confirmation that a contact is no longer linked to a dossier. */
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
        /** @description A note in an event: the id, and any of the other fields. */
        NotePayload: {
            /** @description The note's id. */
            id: string;
            /** @description The dossier that the note belongs to. */
            dossier_id?: string;
            /** @description The text of the note. */
            content?: string;
            /** @description Whether the note is kept inside the organisation. */
            is_internal?: boolean;
            /** @description When the note was added. */
            created_at?: components["schemas"]["Timestamp"];
        };
        /** @description An entry in a dossier's timeline. */
        Note: WithRequired<components["schemas"]["NotePayload"], "dossier_id" | "content" | "is_internal" | "created_at">;
        /** @description A note to add. */
        NewNote: {
            /** @description The text of the note. It must not be empty or blank. */
            content: components["schemas"]["FilledText"];
            /**
             * @description True keeps the note inside the organisation; false allows it to be shared.
             * @default true
             */
            is_internal: boolean;
        };
        /**
         * @description The relationship of a contact to the organisation. A contact can have several kinds.
         * @enum {string}
         */
        ContactKind: "candidate" | "prospect" | "client" | "supplier" | "partner";
        /**
         * @description `in_pool` is in the talent pool now; `expired` was in the talent pool, and that time has passed.
         * @enum {string}
         */
        PoolStatus: "in_pool" | "expired";
        /** @description A contact in the response to an update: the id, and any of the other fields. An optional field without a value is null or absent. */
        ContactPatched: {
            /** @description The contact's id. */
            id: components["schemas"]["Uuid"];
            /** @description The full name of the contact. */
            full_name?: string;
            /** @description The e-mail address. It is unique among the organisation's contacts, ignoring letter case. */
            email?: string | null;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The URL of the public LinkedIn profile. */
            linkedin_url?: string | null;
            /** @description The present employer or account. */
            company?: string | null;
            /** @description The job title or role. */
            role?: string | null;
            /** @description The city where the contact lives. */
            city?: string | null;
            /** @description All kinds of the contact. */
            kind?: components["schemas"]["ContactKind"][];
            /** @description Internal notes in free text, shown with the contact in the application. */
            notes?: string | null;
            /** @description Number of dossiers that the contact is linked to, including archived ones. */
            dossier_count?: number;
            /** @description When the contact was created. */
            created_at?: components["schemas"]["Timestamp"];
        };
        /** @description A contact, as returned when it is created, retrieved or listed. */
        Contact: WithRequired<components["schemas"]["ContactPatched"], "full_name" | "kind" | "dossier_count">;
        /** @description A contact to create. Null counts as leaving the field out; an unknown field is ignored. */
        NewContact: {
            /** @description The full name of the contact. */
            full_name: components["schemas"]["FilledText"];
            /** @description The e-mail address. It must be unique among the organisation's contacts, ignoring letter case. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The URL of the public LinkedIn profile. */
            linkedin_url?: string | null;
            /** @description The present employer or account. */
            company?: string | null;
            /** @description The job title or role. */
            role?: string | null;
            /** @description The city where the contact lives. */
            city?: string | null;
            /**
             * @description All kinds of the contact; null is refused.
             * @default []
             */
            kind: components["schemas"]["ContactKind"][];
            /** @description Internal notes in free text, shown with the contact in the application. */
            notes?: string | null;
        };
        /** @description Confirmation that a contact is permanently deleted. */
        ContactDeleted: {
            /** @description The id of the deleted contact. */
            id: components["schemas"]["Uuid"];
            /**
             * @description Always true.
             * @constant
             */
            deleted: true;
        };
        /** @description Any subset of a contact's fields. A field that is left out keeps its value; null clears an optional field; an unknown field is ignored. */
        ContactChanges: {
            /** @description The new name. */
            full_name?: components["schemas"]["FilledText"];
            /** @description The e-mail address. It must be unique among the organisation's contacts, ignoring letter case. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The URL of the public LinkedIn profile. */
            linkedin_url?: string | null;
            /** @description The present employer or account. */
            company?: string | null;
            /** @description The job title or role. */
            role?: string | null;
            /** @description The city where the contact lives. */
            city?: string | null;
            /** @description The complete new set of kinds, replacing the old one. */
            kind?: components["schemas"]["ContactKind"][];
            /** @description The new internal notes, replacing the old ones. */
            notes?: string | null;
        };
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
        /** @description The body of every webhook request. */
        Event: {
            /** @description The id of the event. It is unique, and the same on every retry. */
            id: string;
            /** @description The type of the event. */
            type: string;
            /** @description When the event happened. */
            created_at: components["schemas"]["Timestamp"];
            /** @description The dossier or note that the event is about, an object with an id. Its fields depend on the event type. */
            data: unknown;
        };
    };
    responses: {
        /** @description A query parameter has a value that is not allowed, or is sent more than once. */
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
        /** @description The API key is missing, malformed, unknown or expired. */
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
        /** @description The organisation's plan does not include API access. */
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
        /** @description The API key lacks a scope that the operation needs. */
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
        /** @description The organisation has used up the requests that its plan allows in this window. */
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
        /** @description The server failed and changed nothing. The request can be sent again. */
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
        /** @description The body lacks a required field, has a value that is not allowed, or cannot be read. */
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
        /** @description The contact or flow named in the body does not exist in the API key's organisation. */
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
        /** @description The dossier does not exist in the API key's organisation. */
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
        /** @description The request has no PDF file of at most 10 MB, or the form cannot be read. */
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
        /** @description The dossier, or the contact named in the body, does not exist in the API key's organisation. */
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
        /** @description The dossier does not exist in the API key's organisation, or the contact is not linked to it. */
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
        /** @description Another contact of the organisation has this e-mail address, ignoring letter case. */
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
        /** @description The contact does not exist in the API key's organisation. */
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
        /** @description The flow does not exist in the API key's organisation. */
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
         * @description Page number, starting at 1. A page after the last one is empty.
         * @example 1
         */
        Page: number;
        /**
         * @description Number of items per page. A value above the maximum is refused.
         * @example 25
         */
        PerPage: number;
        /**
         * @description The id of the dossier. A malformed id gets the same response as an unknown one.
         * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
         */
        DossierId: string;
        /**
         * @description The id of the linked contact. A malformed id gets the same response as the id of a contact that is not linked.
         * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
         */
        LinkedContactId: string;
        /**
         * @description The id of the contact. A malformed id gets the same response as an unknown one.
         * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
         */
        ContactId: string;
        /**
         * @description The id of the flow. A malformed id gets the same response as an unknown one.
         * @example 36f675cc-81e7-4ef5-a8e2-5d940ed90475
         */
        FlowId: string;
        /**
         * @description The time of sending in Unix seconds, and a signature: `t=…,v1=…`. The signature is the
         *     HMAC-SHA256, in lower-case hexadecimal, of `t`, a full stop and the raw body, keyed with the
         *     endpoint's secret. Each delivery attempt has its own time and signature. Receivers should ignore
         *     parts with other names.
         * @example t=1778240710,v1=5f0d8c1b7e2a49360c4fd5b8a1e97d24638b0a5fc2e1d7946f30b8ca5de21790
         */
        Signature: string & (unknown & unknown);
    };
    requestBodies: never;
    headers: {
        /**
         * @description Number of requests that the organisation's plan allows per window.
         * @example 600
         */
        RateLimitLimit: number;
        /**
         * @description Number of requests left in the current window.
         * @example 598
         */
        RateLimitRemaining: number;
        /**
         * @description Number of requests left in the current window, which is zero here.
         * @example 0
         */
        RateLimitSpent: number;
        /**
         * @description Number of seconds to wait before trying again. A server may also send an HTTP date, as HTTP allows.
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
                 * @description Only dossiers that are in this stage now. An unknown stage gives an empty list.
                 * @example 8d116ece-1738-47d9-bd9c-172411e20b8f
                 */
                stage_id?: components["schemas"]["Uuid"];
                /**
                 * @description Page number, starting at 1. A page after the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Number of items per page. A value above the maximum is refused.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
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
            /** @description The updated dossier. */
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
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
                 * @description Page number, starting at 1. A page after the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Number of items per page. A value above the maximum is refused.
                 * @example 25
                 */
                per_page?: components["parameters"]["PerPage"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
                 * @example 8e81973e-0bec-47b0-b898-d190f9ebdacc
                 */
                id: components["parameters"]["DossierId"];
                /**
                 * @description The id of the linked contact. A malformed id gets the same response as the id of a contact that is not linked.
                 * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
                 */
                contact_id: components["parameters"]["LinkedContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link is removed. */
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
                 * @description Page number, starting at 1. A page after the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Number of items per page. A value above the maximum is refused.
                 * @example 25
                 */
                per_page?: components["parameters"]["PerPage"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
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
                 * @description The id of the dossier. A malformed id gets the same response as an unknown one.
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
                 * @description Only contacts with any of these kinds. Repeat the parameter for each kind.
                 * @example [
                 *       "client",
                 *       "partner"
                 *     ]
                 */
                kind?: components["schemas"]["ContactKind"][];
                /**
                 * @description Only contacts that are in the talent pool now, or only contacts whose time in the pool has passed. Contacts never in the pool match neither value.
                 * @example in_pool
                 */
                pool?: components["schemas"]["PoolStatus"];
                /**
                 * @description Only contacts with this text anywhere in their name, e-mail address, company or role, ignoring letter case. No character has a special meaning, and white space around the text is ignored.
                 * @example tulp
                 */
                search?: string;
                /**
                 * @description Page number, starting at 1. A page after the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Number of items per page. A value above the maximum is refused.
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
                 * @description The id of the contact. A malformed id gets the same response as an unknown one.
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
                 * @description The id of the contact. A malformed id gets the same response as an unknown one.
                 * @example 923a7369-94e3-4f91-9a61-dbe22e44158b
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact is deleted. */
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
                 * @description The id of the contact. A malformed id gets the same response as an unknown one.
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
            /** @description The updated contact. */
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
                 * @description Page number, starting at 1. A page after the last one is empty.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Number of items per page. A value above the maximum is refused.
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
                 * @description The id of the flow. A malformed id gets the same response as an unknown one.
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
