<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>Ilo GIS project</source>
        <translation>Proyecto Ilo GIS</translation>
    </message>
    <message>
        <source>schematic, no survey</source>
        <translation>esquemático, no es levantamiento</translation>
    </message>
    <message>
        <source>Waterfront</source>
        <translation>Frente marítimo</translation>
    </message>
    <message>
        <source>Whole site</source>
        <translation>Todo el ámbito</translation>
    </message>
    <message>
        <source>Area {}</source>
        <translation>Ámbito {}</translation>
    </message>
    <message>
        <source>New Ilo project...</source>
        <translation>Nuevo proyecto Ilo...</translation>
    </message>
    <message>
        <source>Open Ilo project...</source>
        <translation>Abrir proyecto Ilo...</translation>
    </message>
    <message>
        <source>Open project on a server...</source>
        <translation>Abrir proyecto en un servidor...</translation>
    </message>
    <message>
        <source>Sample project...</source>
        <translation>Proyecto de ejemplo...</translation>
    </message>
    <message>
        <source>Change scenario...</source>
        <translation>Cambiar escenario...</translation>
    </message>
    <message>
        <source>That did not work; nothing was changed.</source>
        <translation>No se pudo completar; nada ha cambiado.</translation>
    </message>
    <message>
        <source>New Ilo project</source>
        <translation>Nuevo proyecto Ilo</translation>
    </message>
    <message>
        <source>{} exists already: open it, or give another name.</source>
        <translation>{} ya existe: ábralo o indique otro nombre.</translation>
    </message>
    <message>
        <source>Coordinate reference system of the project, in metres</source>
        <translation>Sistema de referencia de coordenadas del proyecto, en metros</translation>
    </message>
    <message>
        <source>Open Ilo project</source>
        <translation>Abrir proyecto Ilo</translation>
    </message>
    <message>
        <source>Open project on a server</source>
        <translation>Abrir proyecto en un servidor</translation>
    </message>
    <message>
        <source>PostGIS connection of QGIS, or address postgresql://user@host/database</source>
        <translation>Conexión PostGIS de QGIS, o dirección postgresql://usuario@servidor/base</translation>
    </message>
    <message>
        <source>Folder for the sample project</source>
        <translation>Carpeta para el proyecto de ejemplo</translation>
    </message>
    <message>
        <source>{} has an earlier format. It gets the present one now, with all that is in it; as it was it stays beside it as {}. Go on?</source>
        <translation>{} tiene un formato anterior. Ahora pasará al formato actual, con todo su contenido; tal como estaba quedará al lado como {}. ¿Continuar?</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Escenario</translation>
    </message>
    <message>
        <source>Scenario to show</source>
        <translation>Escenario que se mostrará</translation>
    </message>
    <message>
        <source>No Ilo project is open.</source>
        <translation>No hay ningún proyecto Ilo abierto.</translation>
    </message>
    <message>
        <source>Save or discard your edits first: {}.</source>
        <translation>Primero guarde o descarte sus cambios: {}.</translation>
    </message>
    <message>
        <source>Sample project of Ilo</source>
        <translation>Proyecto de ejemplo de Ilo</translation>
    </message>
</context>
</TS>
