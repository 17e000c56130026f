<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
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
        <source>{}: done.</source>
        <translation>{}: listo.</translation>
    </message>
    <message>
        <source>{} was not possible.</source>
        <translation>{}: no fue posible.</translation>
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
        <source>Figure</source>
        <translation>Cifra</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Exigido</translation>
    </message>
    <message>
        <source>Selection: {} lots</source>
        <translation>Selección: {} lotes</translation>
    </message>
</context>
</TS>
