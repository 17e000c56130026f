<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>The project has a single alternative.</source>
        <translation>El proyecto tiene una sola alternativa.</translation>
    </message>
    <message>
        <source>Click the name of an alternative to see it on the map; the better figures are bold.</source>
        <translation>Pulse el nombre de una alternativa para verla en el mapa; las mejores cifras van en negrita.</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>aceptado</translation>
    </message>
    <message>
        <source>Name of the alternative: letters, digits, - and _</source>
        <translation>Nombre de la alternativa: letras, dígitos, - y _</translation>
    </message>
    <message>
        <source>Unsaved edits in {}. Save or discard them first.</source>
        <translation>Hay cambios sin guardar en {}. Guárdelos o descártelos primero.</translation>
    </message>
    <message>
        <source>Result of an algorithm</source>
        <translation>Resultado de un algoritmo</translation>
    </message>
    <message>
        <source>There is no result of an algorithm to save, or no project to save it in.</source>
        <translation>No hay resultado de un algoritmo que guardar, o no hay proyecto donde guardarlo.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparar</translation>
    </message>
    <message>
        <source>Save the result as alternative…</source>
        <translation>Guardar el resultado como alternativa…</translation>
    </message>
    <message>
        <source>Open a project with alternatives to compare them.</source>
        <translation>Abra un proyecto con alternativas para compararlas.</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Cifra</translation>
    </message>
    <message>
        <source>The alternative was not saved.</source>
        <translation>La alternativa no se guardó.</translation>
    </message>
    <message>
        <source>The map shows the alternative «{}».</source>
        <translation>El mapa muestra la alternativa «{}».</translation>
    </message>
    <message>
        <source>{} errors · {} warnings · {} notes · {} accepted</source>
        <translation>{} errores · {} avisos · {} notas · {} aceptados</translation>
    </message>
    <message>
        <source>Why is it accepted? The reason is kept in the project.</source>
        <translation>¿Por qué se acepta? El motivo queda guardado en el proyecto.</translation>
    </message>
    <message>
        <source>Checks of the project</source>
        <translation>Verificación del proyecto</translation>
    </message>
    <message>
        <source>Press «Check» to check the layers, unsaved edits included.</source>
        <translation>Pulse «Verificar» para revisar las capas, con los cambios sin guardar.</translation>
    </message>
    <message>
        <source>Accepted too</source>
        <translation>También aceptados</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Explicar</translation>
    </message>
    <message>
        <source>Accept with a reason…</source>
        <translation>Aceptar con motivo…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Verificar</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravedad</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regla</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabla</translation>
    </message>
    <message>
        <source>Accept the finding</source>
        <translation>Aceptar el hallazgo</translation>
    </message>
    <message>
        <source>error</source>
        <translation>error</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>aviso</translation>
    </message>
    <message>
        <source>info</source>
        <translation>nota</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dónde</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>The finding has no place on the map.</source>
        <translation>El hallazgo no tiene lugar en el mapa.</translation>
    </message>
    <message>
        <source>The finding was not accepted.</source>
        <translation>El hallazgo no se aceptó.</translation>
    </message>
    <message>
        <source>Open a project to keep what is accepted.</source>
        <translation>Abra un proyecto para guardar lo aceptado.</translation>
    </message>
    <message>
        <source>Ilo GIS</source>
        <translation>Ilo GIS</translation>
    </message>
    <message>
        <source>Ilo GIS panel</source>
        <translation>Panel de Ilo GIS</translation>
    </message>
    <message>
        <source>Figures of the plan</source>
        <translation>Cifras del plan</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Ilo GIS cannot work here:</source>
        <translation>Ilo GIS no puede funcionar aquí:</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Sigue</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Aún no</translation>
    </message>
    <message>
        <source>Work on it</source>
        <translation>Trabajar</translation>
    </message>
    <message>
        <source>Take the active layer as site</source>
        <translation>Tomar la capa activa como terreno</translation>
    </message>
    <message>
        <source>Choose a layer of polygons in the layer tree first.</source>
        <translation>Elija primero una capa de polígonos en el panel de capas.</translation>
    </message>
    <message>
        <source>«{}» is the site now.</source>
        <translation>«{}» es ahora el terreno.</translation>
    </message>
    <message>
        <source>The whole plan, unsaved edits included</source>
        <translation>Todo el plan, con los cambios sin guardar</translation>
    </message>
    <message>
        <source>Open or make a plan to see its figures.</source>
        <translation>Abra o haga un plan para ver sus cifras.</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Exigido</translation>
    </message>
    <message>
        <source>Selection: {} lots</source>
        <translation>Selección: {} lotes</translation>
    </message>
    <message>
        <source>{} was not possible.</source>
        <translation>{}: no fue posible.</translation>
    </message>
    <message>
        <source>«{}» is ready: see the layer tree.</source>
        <translation>«{}» está listo: véalo en el panel de capas.</translation>
    </message>
</context>
</TS>
