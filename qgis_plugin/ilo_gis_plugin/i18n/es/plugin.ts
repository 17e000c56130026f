<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>{} is missing; {} or newer is needed.</source>
        <translation>Falta {}; se necesita la versión {} o una posterior.</translation>
    </message>
    <message>
        <source>{} {} is too old; {} or newer is needed.</source>
        <translation>{} {} es muy antiguo; se necesita la versión {} o una posterior.</translation>
    </message>
    <message>
        <source>Python packages are missing or too old: nothing works yet.</source>
        <translation>Faltan paquetes de Python o son muy antiguos: nada funciona aún.</translation>
    </message>
    <message>
        <source>Ilo GIS itself never installs anything.</source>
        <translation>Ilo GIS nunca instala nada por su cuenta.</translation>
    </message>
    <message>
        <source>Install the current long-term version of QGIS from qgis.org: it brings them. Or close QGIS, open «OSGeo4W Setup» in the start menu, choose «Advanced Install», and install python3-geopandas, python3-pyogrio and python3-scipy. Both may need the administrator of the computer.</source>
        <translation>Instale desde qgis.org la versión de largo plazo (LTR) vigente de QGIS: ya los trae. O cierre QGIS, abra «OSGeo4W Setup» en el menú Inicio, elija «Advanced Install» e instale python3-geopandas, python3-pyogrio y python3-scipy. Para ambos puede hacer falta el administrador de la computadora.</translation>
    </message>
    <message>
        <source>Install the current QGIS of qgis.org, or the one of conda-forge with geopandas.</source>
        <translation>Instale la versión vigente de QGIS desde qgis.org, o la de conda-forge con geopandas.</translation>
    </message>
    <message>
        <source>Ask the administrator of the computer to install the packages python3-geopandas, python3-pyogrio and python3-scipy of Debian 13, Ubuntu 25.04 or later. Those of Debian 12 and Ubuntu 24.04 are too old.</source>
        <translation>Pida al administrador de la computadora que instale los paquetes python3-geopandas, python3-pyogrio y python3-scipy de Debian 13, Ubuntu 25.04 o posterior. Los de Debian 12 y Ubuntu 24.04 son muy antiguos.</translation>
    </message>
    <message>
        <source>Install Ilo GIS from its zip: it brings {}.</source>
        <translation>Instale Ilo GIS desde su archivo zip: este incluye {}.</translation>
    </message>
</context>
</TS>
