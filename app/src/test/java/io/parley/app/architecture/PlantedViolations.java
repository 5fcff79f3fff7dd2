package io.parley.app.architecture;

import io.parley.api.client.planted.ClientThatKnowsTheServer;
import io.parley.api.planted.ContractThatKnowsTheServer;
import io.parley.app.gateway.planted.GatewayThatKnowsATransport;
import io.parley.app.planted.AppThatKnowsAnAdapter;
import io.parley.app.planted.Impatient;
import io.parley.app.planted.KnowsEveryTechnology;
import io.parley.app.planted.KnowsTheEmbeddedServers;
import io.parley.app.planted.Unbounded;
import io.parley.domain.planted.DomainThatKnowsSpring;
import io.parley.infra.planted.AdapterThatIsPublic;
import io.parley.infra.planted.AdapterThatKnowsTheContract;

/** For each rule a class that breaks it. */
final class PlantedViolations {
    private PlantedViolations() {}

    static Class<?> of(ArchitectureRules rule) {
        return switch (rule) {
            case DOMAIN_KNOWS_NO_TECHNOLOGY -> DomainThatKnowsSpring.class;
            case CONTRACT_KNOWS_NO_SERVER -> ContractThatKnowsTheServer.class;
            case CLIENT_KNOWS_NO_SERVER -> ClientThatKnowsTheServer.class;
            case INFRA_KNOWS_ONLY_THE_DOMAIN -> AdapterThatKnowsTheContract.class;
            case APP_KNOWS_NO_ADAPTER -> AppThatKnowsAnAdapter.class;
            case SERVER_KNOWS_NO_EMBEDDED_SERVERS -> KnowsTheEmbeddedServers.class;
            case ADAPTERS_ARE_HIDDEN -> AdapterThatIsPublic.class;
            case GATEWAY_KNOWS_NO_TRANSPORT -> GatewayThatKnowsATransport.class;
            case REACTOR_KAFKA_STAYS_IN_ONE_PACKAGE,
                    REDIS_STAYS_IN_ONE_PACKAGE,
                    R2DBC_STAYS_IN_ONE_PACKAGE,
                    S3_STAYS_IN_ONE_PACKAGE,
                    JACKSON_2_IS_NOT_USED -> KnowsEveryTechnology.class;
            case ONLY_WORKERS_SUBSCRIBE, ONLY_THE_START_BLOCKS, NOBODY_SLEEPS -> Impatient.class;
            case FLAT_MAP_HAS_A_LIMIT, BUFFERS_HAVE_A_LIMIT, QUEUES_HAVE_A_LIMIT -> Unbounded.class;
            case PACKAGES_ARE_NULL_MARKED -> Unbounded.class;
        };
    }
}
